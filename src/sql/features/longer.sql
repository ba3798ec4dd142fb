-- A column of longer bars beside the study's: its value at the newest of them that was over when the bar was known; null
-- before the first. `age` counts the symbol's bars from 0 since more than `warm_up` longer ones were over; null before.
-- Padding rows have no instant, which the as-of join takes for the latest: they are kept empty by hand.
-- reads: {longer_bars}, {series}, a row beside each of them · values: warm_up
WITH ended AS (
  SELECT longer.sym, longer.bar, longer.known, series.value
  FROM {longer_bars} AS longer POSITIONAL JOIN {series} AS series
  WHERE longer.bar >= 0
),
warm AS (
  SELECT sym, min(known) AS known FROM ended WHERE bar >= getvariable('warm_up') GROUP BY sym
),
beside AS (
  SELECT bars.row, bars.sym, bars.bar, bars.{at} AS at, CASE WHEN bars.bar >= 0 THEN ended.value END AS value
  FROM bars ASOF LEFT JOIN ended ON ended.sym = bars.sym AND bars.{at} >= ended.known
),
aged AS (
  SELECT sym, min(bar) AS bar FROM beside JOIN warm USING (sym) WHERE at >= warm.known GROUP BY sym
)
SELECT value, CASE WHEN beside.bar >= aged.bar THEN beside.bar - aged.bar END AS age
FROM beside LEFT JOIN aged USING (sym)
ORDER BY row
