-- A column of longer bars beside the study's: its value at the newest of them that was over when the bar was known; null
-- before the first. `age` counts the symbol's bars from 0 since more than `warm_up` longer ones were over; null before.
-- `at` is the column of the bars that says when they are known.
-- reads: {longer_bars}, {series}, a row beside each of them · values: warm_up
WITH ended AS (
  SELECT longer.sym, longer.bar, longer.known, series.value
  FROM {longer_bars} AS longer POSITIONAL JOIN {series} AS series
),
beside AS (
  SELECT bars.row, bars.sym, bars.bar, ended.value, ended.bar >= getvariable('warm_up') AS is_warm
  FROM bars ASOF LEFT JOIN ended ON ended.sym = bars.sym AND bars.{at} >= ended.known
),
warm AS (SELECT sym, min(bar) AS since FROM beside WHERE is_warm GROUP BY sym)
SELECT value, CASE WHEN bar >= since THEN bar - since END AS age
FROM beside LEFT JOIN warm USING (sym)
ORDER BY row
