-- Days from one value of a symbol to its next, as half of them are at most: 1 in daily data, 7 in weekly.
-- A lone value has none.
WITH gaps AS (
  SELECT row, sym, day - lag(day) OVER (PARTITION BY sym ORDER BY day) AS gap FROM next_attention
)
SELECT sym, quantile_disc(gap, 0.5)::INTEGER AS gap, min(row)::INTEGER AS row FROM gaps GROUP BY sym ORDER BY row
