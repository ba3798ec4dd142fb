-- name: bars
-- The bars of all files in (symbol, date) order. Where a file has an adjusted close beside its close, the whole
-- bar is scaled by adjusted ÷ close; volume stays.
WITH typed AS (
  SELECT rows.row, names.sym, days.day, rows.adjusts,
         number(open, decimal_comma) AS open, number(high, decimal_comma) AS high, number(low, decimal_comma) AS low,
         number(close, decimal_comma) AS close, number(adjusted, decimal_comma) AS adjusted,
         volume_number(volume, decimal_comma) AS volume
  FROM import_rows AS rows
  JOIN import_styles USING (file)
  LEFT JOIN import_names AS names USING (role, name)
  LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = import_styles.date_format
  WHERE role = 'bars'
)
SELECT row, sym, day, open, high, low, close, CASE WHEN adjusts THEN adjusted ELSE close END AS adjusted, volume
FROM typed
ORDER BY sym, day, row

-- name: bars_faults
-- Rows of bars that cannot stand, each with its first fault.
WITH judged AS (
  SELECT row, coalesce(
    fault(sym IS NULL, 'name', 'There is no symbol here.'),
    day_fault(day, 'date'),
    price_fault(open, 'open'), price_fault(high, 'high'), price_fault(low, 'low'), price_fault(close, 'close'),
    price_fault(adjusted, 'adjusted'),
    fault(high < low, 'high', 'The high is below the low.'),
    fault(NOT isfinite(volume), 'volume', 'This is not a volume.'),
    fault(volume < 0, 'volume', 'Volume must not be negative.')
  ) AS fault
  FROM next_bars
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL

-- name: some_time
-- A row where any text of import_days has a time, or counts since 1970.
SELECT 1 AS found FROM import_days WHERE contains(text, ':') OR ends_with(format, 'seconds') OR NOT is_whole(text) OR length(trim(text)) > 8 AND format = 'YYYYMMDD' LIMIT 1

-- name: day_texts
-- The texts of import_days in the order of their rows, and the format in which each is read.
SELECT text, format FROM import_days ORDER BY rowid

-- name: stamp_names
-- The names of a file of bars, in code-unit order.
SELECT DISTINCT name FROM import_rows WHERE file = getvariable('file') AND NOT is_nameless(name) ORDER BY name

-- name: stamps
-- The rows of a file of bars that have a date: its day, the row of its text in import_days, and the number of the row's name.
WITH names AS (
  SELECT name, (row_number() OVER (ORDER BY name) - 1)::INTEGER AS number
  FROM (SELECT DISTINCT name FROM import_rows WHERE file = getvariable('file') AND NOT is_nameless(name))
)
SELECT rows.row::INTEGER AS row, number AS name, day, days.rowid::INTEGER AS written
FROM import_rows AS rows JOIN import_styles USING (file) JOIN names USING (name)
JOIN import_days AS days ON days.text = rows.date AND days.format = date_format
WHERE file = getvariable('file')
ORDER BY rows.row

-- name: bars_timed
-- The bars with their sessions and instants (import_instants), in (symbol, opens, row) order.
SELECT bars.row, sym, instants.day, opens, known, bars.* EXCLUDE (row, sym, day)
FROM next_bars AS bars JOIN import_instants AS instants USING (row)
ORDER BY sym, opens, bars.row

-- name: bars_overlaps
-- The first bar that begins before its symbol's bar before has ended; next_bars is stored in (symbol, opens) order.
SELECT min(row) AS row FROM (
  SELECT row, sym = lag(sym) OVER () AND opens < lag(known) OVER () AS is_within FROM next_bars
)
WHERE is_within

-- name: bars_repeats
-- The first bar at a date or an instant ({at}) that its symbol already has; next_bars is stored in (symbol, {at}, row) order.
SELECT min(row) AS row FROM (
  SELECT row, sym = lag(sym) OVER () AND {at} = lag({at}) OVER () AS is_repeat FROM next_bars
)
WHERE is_repeat

-- name: bars_kept
-- The bars that are kept. Where the close is a bar's high or low, the scaled close is too, to the bit.
SELECT * EXCLUDE (row, adjusted) REPLACE (
  scaled(open, close, adjusted) AS open, scaled(high, close, adjusted) AS high, scaled(low, close, adjusted) AS low,
  adjusted AS close
)
FROM next_bars

-- name: bars_unscaled
-- The bars that are kept, where no adjusted close scales any.
ALTER TABLE next_bars DROP COLUMN row;
ALTER TABLE next_bars DROP COLUMN adjusted;

-- name: bars_breaks
-- Bars that follow their symbol's bar before after more than 30 days, or at another level: opened ÷ close before,
-- closed ÷ close before. Bars of one session go on from each other. next_bars is stored in (symbol, time) order.
SELECT sym, day, day_before, open / close_before AS opened, close / close_before AS closed
FROM (
  SELECT sym, day, open, close, lag(sym) OVER () AS sym_before, lag(day) OVER () AS day_before,
         lag(close) OVER () AS close_before
  FROM next_bars
)
WHERE sym = sym_before AND day > day_before AND (day - day_before > 30 OR open > 1.4 * close_before OR open < 0.7 * close_before)
ORDER BY sym, day

-- name: spans
-- Bars of each symbol, first and last date.
SELECT sym, count(*)::INTEGER AS bars, min(day) AS first_day, max(day) AS last_day FROM next_bars GROUP BY sym ORDER BY sym

-- name: volumeless
-- Symbols whose volume is 0 on every bar that has one.
SELECT sym::INTEGER AS sym FROM next_bars GROUP BY sym HAVING max(volume) = 0 ORDER BY sym
