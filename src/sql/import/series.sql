-- name: series
-- Attention or macro values (`role`) of all files, those of unknown names left out. Google Trends writes <1 for
-- a little. `available` is the date from which a revised value counts; without it the value's own date.
SELECT rows.row, names.sym, names.series, days.day, is_nameless(rows.name) AS is_nameless,
       CASE WHEN is_blank(rows.other_date) THEN days.day ELSE available.day END AS available_day,
       CASE WHEN role = 'attention' AND trim(value) = '<1' THEN 0 ELSE number(value, decimal_comma) END AS value
FROM import_rows AS rows
JOIN import_styles AS styles USING (file)
LEFT JOIN import_names AS names USING (role, name)
LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
LEFT JOIN import_days AS available ON available.text = rows.other_date AND available.format = styles.date_format
WHERE role = getvariable('role') AND (names.sym IS NOT NULL OR names.series IS NOT NULL OR is_nameless(rows.name))
ORDER BY names.sym, names.series, days.day, available_day, rows.row

-- name: series_faults
-- Attention or macro values that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no name here.'),
    day_fault(day, 'date'),
    fault(NOT isfinite(value), 'value', 'This is not a number.'),
    fault(value < 0 AND getvariable('role') = 'attention', 'value', 'Attention must not be negative.'),
    day_fault(available_day, 'other_date'),
    fault(available_day < day, 'other_date', 'A value cannot be available before its own date.')
  ) AS fault
  FROM {series}
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL

-- name: series_repeats
-- The first value that stands a second time on its date (and, for revised series, its date of availability).
SELECT min(row) AS row FROM (
  SELECT row, row_number() OVER (PARTITION BY sym, series, day, available_day ORDER BY row) AS n FROM {series}
)
WHERE n > 1

-- name: attention_periods
-- Days from one value of a symbol to its next, as half of them are at most: 1 in daily data, 7 in weekly.
-- A lone value has none.
WITH gaps AS (
  SELECT row, sym, day - lag(day) OVER (PARTITION BY sym ORDER BY day) AS gap FROM next_attention
)
SELECT sym, quantile_disc(gap, 0.5)::INTEGER AS gap, min(row)::INTEGER AS row FROM gaps GROUP BY sym ORDER BY row

-- name: attention_kept
-- A value is known from the end of its period: a day later, or seven where the symbol's data are weekly.
-- Without a neighbour to tell, seven, since known too late is harmless and known too early is not.
WITH gaps AS (
  SELECT sym, day - lag(day) OVER (PARTITION BY sym ORDER BY day) AS gap FROM next_attention
),
periods AS (SELECT sym, CASE WHEN quantile_disc(gap, 0.5) <= 3 THEN 1 ELSE 7 END AS period FROM gaps GROUP BY sym)
SELECT sym, day, (day + period)::INTEGER AS known_day, value FROM next_attention JOIN periods USING (sym) ORDER BY sym, day

-- name: macro_disorder
-- A macro value first published before the one dated earlier: its series' bars cannot be counted back.
WITH published AS (
  SELECT series, day, min(available_day) AS available_day, arg_min(row, available_day) AS row FROM next_macro GROUP BY series, day
),
compared AS (
  SELECT *, max(available_day) OVER (
    PARTITION BY series ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before
  FROM published
)
SELECT min(row) AS row FROM compared WHERE available_day < before

-- name: macro_kept
-- The macro values that are kept.
SELECT series, day, available_day, value FROM next_macro
