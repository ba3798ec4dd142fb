-- What files write for «nothing here». CASE stops at its first true branch, AND and OR do not: so the quick way
-- for texts that begin with a digit comes first.
CREATE OR REPLACE MACRO is_blank(x) AS CASE
  WHEN x IS NULL THEN true
  WHEN x >= '0' AND x < ':' THEN false
  ELSE lower(trim(x)) IN ('', '.', '-', '--', 'nan', 'nat', 'null', 'none', 'na', 'n/a', '#n/a')
END;

-- A symbol may be called NA or NAN.
CREATE OR REPLACE MACRO is_nameless(x) AS CASE WHEN x IS NULL THEN true ELSE trim(x) = '' END;

-- A number with its currency and thousands taken off and a point for decimals; null where it is not one. Thousands may be
-- grouped as in India: 12,34,567.
CREATE OR REPLACE MACRO number_text(x, decimal_comma) AS CASE
  WHEN decimal_comma AND regexp_full_match(trim(x),
      '[-+\x{2212}]?[$€£¥₹]?([0-9]+|[0-9]{1,3}([. \x{A0}\x{202F}''][0-9]{3})+)?(,[0-9]*)?([eE][-+]?[0-9]+)?\s?[$€£¥₹]?')
    THEN replace(replace(regexp_replace(x, '[^-+0-9,eE\x{2212}]', '', 'g'), ',', '.'), chr(8722), '-')
  WHEN NOT decimal_comma AND regexp_full_match(trim(x),
      '[-+\x{2212}]?[$€£¥₹]?([0-9]+|[0-9]{1,3}([, \x{A0}\x{202F}''][0-9]{3})+|[0-9]{1,2}(,[0-9]{2})*,[0-9]{3})?([.][0-9]*)?([eE][-+]?[0-9]+)?\s?[$€£¥₹]?')
    THEN replace(regexp_replace(x, '[^-+0-9.eE\x{2212}]', '', 'g'), chr(8722), '-')
END;

-- A cell as a DOUBLE: null where it is blank, NaN or infinite where it is not a number.
-- The first branch is the quick way for plain numbers; DuckDB's cast alone would also take 1_000.
CREATE OR REPLACE MACRO number(x, decimal_comma) AS CASE
  WHEN NOT decimal_comma AND isfinite(TRY_CAST(x AS DOUBLE)) AND NOT contains(x, '_') THEN TRY_CAST(x AS DOUBLE)
  WHEN is_blank(x) THEN NULL
  ELSE coalesce(TRY_CAST(number_text(x, decimal_comma) AS DOUBLE), 'NaN'::DOUBLE)
END;

-- Volume may be abbreviated: 1.2K, 3.4M, 5B.
CREATE OR REPLACE MACRO volume_number(x, decimal_comma) AS CASE
  WHEN NOT decimal_comma AND isfinite(TRY_CAST(x AS DOUBLE)) AND NOT contains(x, '_') THEN TRY_CAST(x AS DOUBLE)
  WHEN regexp_full_match(x, '.*[0-9.,]\s*[kmbKMB]\s*') THEN round(
    number(regexp_replace(x, '\s*[a-zA-Z]\s*$', ''), decimal_comma)
    * CASE upper(right(trim(x), 1)) WHEN 'K' THEN 1e3 WHEN 'M' THEN 1e6 ELSE 1e9 END)
  ELSE number(x, decimal_comma)
END;

-- A price beside an adjusted close.
CREATE OR REPLACE MACRO scaled(x, close, adjusted) AS CASE WHEN x = close THEN adjusted ELSE x * (adjusted / close) END;

-- The part of a date and time before the time, and after the name of the weekday.
CREATE OR REPLACE MACRO day_text(x) AS regexp_replace(
  regexp_replace(
    trim(x),
    '([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?|[T ][0-9]{6}|T[0-9]{4})( ?[AaPp][Mm])?( ?(Z|[A-Z]{3,4})?([-+][0-9]{2}(:?[0-9]{2})?)?(\[[^]]*\])?)?$',
    ''
  ),
  '^(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ',
  ''
);

-- A date with the time of day in another cell, where there is one: 93000 is 09:30:00, 930 is 09:30.
CREATE OR REPLACE MACRO clock_text(x) AS CASE
  WHEN regexp_full_match(x, '[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|GMT|[-+][0-9]{2}:?[0-9]{2}))?') THEN ' ' || x
  WHEN regexp_full_match(x, '[0-9]{3,4}') THEN ' ' || lpad(x, 4, '0') || '00'
  WHEN regexp_full_match(x, '[0-9]{1,6}') THEN ' ' || lpad(x, 6, '0')
  ELSE ''
END;
CREATE OR REPLACE MACRO with_time(x, clock) AS CASE WHEN is_blank(x) THEN x ELSE x || clock_text(coalesce(trim(clock), '')) END;

-- A date whose year has two digits: 70 to 99 in the 20th century, the others in the 21st. strptime ends it with 68.
CREATE OR REPLACE MACRO two_digits(x, format) AS CASE
  WHEN regexp_full_match(x, '.*[^0-9][0-9]{2}') THEN
    CASE WHEN year(try_strptime(x, format)) = 1969 THEN (try_strptime(x, format) + INTERVAL 100 YEAR)::DATE
         ELSE try_strptime(x, format)::DATE END
END;

-- Days since 1970-01-01.
CREATE OR REPLACE MACRO day_number(x) AS (x - DATE '1970-01-01')::INTEGER;

-- The first fault of a row: which field, and what is wrong with it.
CREATE OR REPLACE MACRO fault(is_wrong, field, problem) AS
  CASE WHEN is_wrong THEN struct_pack(field := field, problem := problem) END;

-- The faults that every date and every price can have; a missing day is explained by its text (dates.ts).
CREATE OR REPLACE MACRO day_fault(day, field) AS coalesce(
  fault(day IS NULL, field, 'date'),
  fault(day NOT BETWEEN day_number(DATE '1800-01-01') AND day_number(DATE '2199-12-31'), field, 'Dates must lie between 1800 and 2199.')
);
CREATE OR REPLACE MACRO price_fault(price, field) AS coalesce(
  fault(price IS NULL, field, 'There is no price here.'),
  fault(NOT isfinite(price), field, 'This is not a price.'),
  fault(price <= 0, field, 'Prices must be above zero.')
);

-- The faults that a number of an instrument can have; beyond these bounds values would leave what a DOUBLE holds.
CREATE OR REPLACE MACRO measure_fault(x, field) AS coalesce(
  fault(NOT isfinite(x), field, 'This is not a number.'),
  fault(x <= 0, field, 'This must be above zero.'),
  fault(x NOT BETWEEN 1e-12 AND 1e12, field, 'This must lie between 1e-12 and 1e12.')
);
-- Whether a price lies between two steps; printed prices may be rounded by a thousandth of one.
CREATE OR REPLACE MACRO is_off_tick(price, tick) AS abs(price / tick - round(price / tick)) > 0.001;

-- What the quality of bars is judged by. Day 0 is a Thursday; % keeps the sign.
CREATE OR REPLACE MACRO is_weekend(day) AS ((day + 3) % 7 + 7) % 7 > 4;
-- Days between two bars from which a symbol pauses, by its own rhythm: round the clock, daily, weekly, monthly; null without one.
CREATE OR REPLACE MACRO pause(steps, ones, days, span) AS CASE
  WHEN steps < 10 THEN NULL
  WHEN ones >= 0.95 * steps THEN 3
  WHEN days >= 0.5 * steps THEN 12
  WHEN span <= 10 * steps THEN 24
  WHEN span <= 35 * steps THEN 80
END;
-- A misplaced point, or zeros too many or too few: 10 or 100 times, or a 10th or 100th.
CREATE OR REPLACE MACRO is_tenfold(ratio) AS
  ratio BETWEEN 8 AND 12.5 OR ratio BETWEEN 80 AND 125 OR ratio BETWEEN 0.08 AND 0.125 OR ratio BETWEEN 0.008 AND 0.0125;
CREATE OR REPLACE MACRO is_level(ratio) AS ratio BETWEEN 0.7 AND 1.4;
-- A date without a time.
CREATE OR REPLACE MACRO is_whole(x) AS day_text(x) = trim(x);
