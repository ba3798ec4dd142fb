-- name: instruments
-- What all files say of instruments. A row that is given twice counts once.
WITH typed AS (
  SELECT rows.row, names.sym, is_nameless(rows.name) AS is_nameless,
         number(open, decimal_comma) AS multiplier, number(high, decimal_comma) AS tick,
         number(low, decimal_comma) AS lot, number(close, decimal_comma) AS margin,
         CASE WHEN NOT is_blank(group_name) THEN trim(group_name) END AS exchange
  FROM import_rows AS rows
  JOIN import_styles USING (file)
  LEFT JOIN import_names AS names USING (role, name)
  WHERE role = 'instruments' AND (names.sym IS NOT NULL OR is_nameless(rows.name))
)
SELECT min(row) AS row, * EXCLUDE (row)
FROM typed
GROUP BY ALL
ORDER BY sym, row

-- name: instruments_faults
-- The first instrument that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no symbol here.'),
    measure_fault(multiplier, 'open'), measure_fault(tick, 'high'), measure_fault(lot, 'low'), measure_fault(margin, 'close')
  ) AS fault
  FROM next_instruments
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL

-- name: instruments_repeats
-- The first row that says something else of its symbol than a row before.
SELECT min(row) AS row
FROM (SELECT row, row_number() OVER (PARTITION BY sym ORDER BY row) AS n FROM next_instruments)
WHERE n > 1

-- name: instruments_foreign
-- Instruments of converted symbols (next_pairs) that say an amount or a step in their own currency.
SELECT row::INTEGER AS row, sym,
       CASE WHEN tick IS NOT NULL THEN 'high' WHEN margin IS NOT NULL THEN 'close' ELSE 'open' END AS field
FROM next_instruments SEMI JOIN next_pairs USING (sym)
WHERE tick IS NOT NULL OR margin IS NOT NULL OR multiplier <> 1
ORDER BY row

-- name: instruments_parts
-- An instrument is that of every part of its symbol.
SELECT instruments.* REPLACE (parts.part AS sym)
FROM next_instruments AS instruments JOIN next_parts AS parts USING (sym)
ORDER BY parts.part

-- name: instruments_kept
-- The instruments that are kept: those of which something is said.
SELECT sym, multiplier, tick, lot, margin, exchange
FROM next_instruments
WHERE coalesce(multiplier, tick, lot, margin) IS NOT NULL OR exchange IS NOT NULL

-- name: off_tick
-- Symbols with bars whose prices are no multiples of the tick. next_bars holds the prices as the files have them.
SELECT sym, count(*)::INTEGER AS bars, any_value(tick) AS tick
FROM (
  SELECT sym, tick, scaled(open, close, adjusted) AS open, scaled(high, close, adjusted) AS high,
         scaled(low, close, adjusted) AS low, adjusted AS close
  FROM next_bars JOIN next_instruments USING (sym)
)
WHERE is_off_tick(open, tick) OR is_off_tick(high, tick) OR is_off_tick(low, tick) OR is_off_tick(close, tick)
GROUP BY sym
ORDER BY sym

-- name: events
-- Dividends and splits of all files, those of unknown symbols left out. 0 is none, and so is a split of 1. A row that is
-- given twice counts once.
-- A split is so many shares after it for one before: 4, 0.1, 4:1, 4/1, 4-for-1, 1:10; NaN where it is none.
WITH parted AS (
  SELECT rows.row, names.sym, days.day, rows.name, value, volume, decimal_comma,
         regexp_extract(lower(trim(volume)), '^([0-9.,]+) *(?:[:/]|-? *(?:for|to) *-?) *([0-9.,]+)$', ['after', 'before']) AS sides
  FROM import_rows AS rows
  JOIN import_styles AS styles USING (file)
  LEFT JOIN import_names AS names USING (role, name)
  LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
  WHERE role = 'events' AND (names.sym IS NOT NULL OR is_nameless(rows.name))
),
-- number() reads its argument many times over: it takes columns, not expressions.
spread AS MATERIALIZED (SELECT *, sides.after AS after_text, sides.before AS before_text FROM parted),
numbered AS MATERIALIZED (
  SELECT *, number(value, decimal_comma) AS paid, number(volume, decimal_comma) AS shares,
         number(after_text, decimal_comma) AS after, number(before_text, decimal_comma) AS before
  FROM spread
),
typed AS (
  SELECT row, sym, day, is_nameless(name) AS is_nameless, is_blank(value) AND is_blank(volume) AS is_bare,
         nullif(paid, 0) AS dividend,
         nullif(nullif(CASE WHEN after > 0 AND before > 0 THEN after / before ELSE shares END, 0), 1) AS split
  FROM numbered
)
SELECT min(row) AS row, * EXCLUDE (row)
FROM typed
WHERE is_nameless OR is_bare OR day IS NULL OR dividend IS NOT NULL OR split IS NOT NULL
GROUP BY ALL
ORDER BY sym, day, row

-- name: events_faults
-- The first event that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no symbol here.'),
    day_fault(day, 'date'),
    fault(is_bare, 'value', 'There is neither a dividend nor a split here.'),
    fault(NOT isfinite(dividend), 'value', 'This is not a number.'),
    fault(dividend < 0, 'value', 'A dividend must not be negative.'),
    fault(NOT isfinite(split), 'volume', 'This is not a split such as 4:1, 4-for-1 or 0.1.'),
    fault(split < 0, 'volume', 'A split must be above zero.'),
    fault(split NOT BETWEEN 1e-6 AND 1e6, 'volume', 'A split must lie between 1:1000000 and 1000000:1.')
  ) AS fault
  FROM next_events
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL

-- name: events_repeats
-- The first row that gives a symbol a second dividend or split ({what}) on a day.
SELECT min(row) AS row
FROM (SELECT row, row_number() OVER (PARTITION BY sym, day ORDER BY row) AS n FROM next_events WHERE {what} IS NOT NULL)
WHERE n > 1

-- name: event_bars
-- Each event beside the close of its symbol's last session before the ex-date, and the open of the first one from it on.
WITH sessions AS (
  SELECT sym, day, arg_min(open, {at}) AS open, arg_max(close, {at}) AS close FROM next_bars GROUP BY sym, day
)
SELECT events.row::INTEGER AS row, events.sym, events.day, events.dividend, events.split,
       before.day AS day_before, before.close AS close_before, ex.day AS ex_day, ex.open AS open
FROM next_events AS events
ASOF LEFT JOIN sessions AS before ON before.sym = events.sym AND before.day < events.day
ASOF LEFT JOIN sessions AS ex ON ex.sym = events.sym AND ex.day >= events.day
ORDER BY events.sym, events.day, events.row

-- name: adjusted_events
-- The first event of a symbol whose bars are scaled to an adjusted close.
SELECT min(events.row) AS row
FROM next_events AS events
SEMI JOIN (
  SELECT names.sym FROM import_rows JOIN import_names AS names USING (role, name) WHERE role = 'bars' AND adjusts
) AS scaled USING (sym)

-- name: bars_linked
-- Bars linked forward: prices times, and volume by, the factor of their symbol's newest row in next_factors. Where a volume
-- is that of whole shares, four decimals are more than it knows.
SELECT * EXCLUDE (factor) REPLACE (
  open * factor AS open, high * factor AS high, low * factor AS low, close * factor AS close, adjusted * factor AS adjusted,
  CASE WHEN abs(round(volume / factor, 4) * factor / volume - 1) < 1e-6 THEN round(volume / factor, 4)
       ELSE volume / factor END AS volume
)
FROM (
  SELECT bars.*, coalesce(factors.factor, 1) AS factor
  FROM next_bars AS bars
  ASOF LEFT JOIN next_factors AS factors ON factors.sym = bars.sym AND bars.day >= factors.day
)
ORDER BY sym, {at}, row

-- name: events_kept
-- The events that are kept: one row per symbol and ex-date.
SELECT sym, day, max(dividend) AS dividend, max(split) AS split FROM next_events GROUP BY sym, day ORDER BY sym, day

-- name: events_converted
-- Dividends in the dataset's one currency, at the rate of the first bar from the ex-date on.
SELECT events.sym, events.day, events.dividend * coalesce(rated.rate, 1) AS dividend, events.split
FROM next_events AS events
ASOF LEFT JOIN next_rated AS rated ON rated.sym = events.sym AND rated.day >= events.day
ORDER BY events.sym, events.day
