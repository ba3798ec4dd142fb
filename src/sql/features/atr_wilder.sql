-- Average true range by Wilder's smoothing, numbered as TA-Lib does: bars from 0, the first value at bar
-- `period` is the mean of true ranges 1 … period, then (previous × (period − 1) + TR) / period.
-- The recursion walks all symbols one bar at a time, each symbol in date order.
WITH RECURSIVE
ranges AS MATERIALIZED (
  SELECT sym, bar, ticks::DOUBLE AS tr FROM bars POSITIONAL JOIN {true_range} WHERE bar >= 1
),
wilder AS (
  SELECT sym, getvariable('period')::INTEGER AS bar, sum(ticks)::DOUBLE / getvariable('period') AS value
  FROM bars POSITIONAL JOIN {true_range}
  WHERE bar BETWEEN 1 AND getvariable('period')
  GROUP BY sym
  HAVING count(*) = getvariable('period')
  UNION ALL
  SELECT wilder.sym, ranges.bar, (wilder.value * (getvariable('period') - 1) + ranges.tr) / getvariable('period')
  FROM wilder JOIN ranges ON ranges.sym = wilder.sym AND ranges.bar = wilder.bar + 1
)
SELECT round(wilder.value)::BIGINT AS ticks, wilder.value / getvariable('price_scale') AS value
FROM bars LEFT JOIN wilder USING (sym, bar)
ORDER BY bars.row
