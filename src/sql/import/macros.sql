-- What files write for «nothing here».
CREATE OR REPLACE MACRO is_blank(x) AS
  x IS NULL OR lower(trim(x)) IN ('', '.', '-', '--', 'nan', 'null', 'none', 'na', 'n/a', '#n/a');

-- Text as a finite DOUBLE, else null. `decimal_comma`: 1.234,50; otherwise 1234.50, 1,234.50 or $1,234.50.
CREATE OR REPLACE MACRO parse_number(x) AS CASE
  WHEN is_blank(x) THEN NULL
  WHEN getvariable('decimal_comma') THEN TRY_CAST(replace(replace(x, '.', ''), ',', '.') AS DOUBLE)
  ELSE coalesce(
    TRY_CAST(x AS DOUBLE),
    CASE WHEN regexp_full_match(trim(x), '[-+]?[$€£]?[0-9]{1,3}(,[0-9]{3})*([.][0-9]+)?')
      THEN TRY_CAST(regexp_replace(x, '[$€£,]', '', 'g') AS DOUBLE) END
  )
END;

-- Volume may be abbreviated: 1.2K, 3.4M, 5B.
CREATE OR REPLACE MACRO parse_volume(x) AS CASE upper(right(trim(x), 1))
  WHEN 'K' THEN round(parse_number(left(trim(x), -1)) * 1e3)
  WHEN 'M' THEN round(parse_number(left(trim(x), -1)) * 1e6)
  WHEN 'B' THEN round(parse_number(left(trim(x), -1)) * 1e9)
  ELSE parse_number(x)
END;

-- The part of a date and time before the time.
CREATE OR REPLACE MACRO date_part_of(x) AS
  CASE WHEN length(x) <= 10 THEN trim(x)
       ELSE regexp_replace(trim(x), '[T ][0-9]{1,2}:[0-9]{2}.*$', '') END;

-- Text as a DATE by the variable `date_format`: 'iso' (2020-01-31), 'seconds' or 'milliseconds' since 1970,
-- or a strptime format.
CREATE OR REPLACE MACRO parse_date(x) AS CASE
  WHEN is_blank(x) THEN NULL
  WHEN getvariable('date_format') = 'iso' THEN TRY_CAST(date_part_of(x) AS DATE)
  WHEN getvariable('date_format') = 'seconds'
    THEN CASE WHEN regexp_full_match(trim(x), '[0-9]{9,10}') THEN make_timestamp(x::BIGINT * 1000000)::DATE END
  WHEN getvariable('date_format') = 'milliseconds'
    THEN CASE WHEN regexp_full_match(trim(x), '[0-9]{12,13}') THEN make_timestamp(x::BIGINT * 1000)::DATE END
  ELSE TRY_CAST(try_strptime(date_part_of(x), getvariable('date_format')) AS DATE)
END;

-- Days since 1970-01-01.
CREATE OR REPLACE MACRO parse_day(x) AS (parse_date(x) - DATE '1970-01-01')::INTEGER;

-- The first fault of a row: which field, and what is wrong with it.
CREATE OR REPLACE MACRO fault(is_wrong, field, problem) AS
  CASE WHEN is_wrong THEN struct_pack(field := field, problem := problem) END;
