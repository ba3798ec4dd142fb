-- The smallest number of days between two values of one symbol: below 7 the series is daily, else weekly.
WITH gaps AS (
  SELECT day - lag(day) OVER (PARTITION BY symbol ORDER BY day) AS gap FROM next_attention
)
SELECT min(gap) AS gap FROM gaps
