-- Crowd-Reactivity Index: |Pearson(Δ% close, Δ% attention)| over the last `window` bars. Pairs with a null or
-- a zero divisor are dropped; null with fewer than `minimum_pairs` or without variance.
-- Ratios x_t / x_{t−1} stand for Δ% (the shift by one cancels), as integers of 1e-12.
WITH ratios AS (
  SELECT close_ticks / nullif(lag(close_ticks) OVER (), 0) AS price,
         ticks / nullif(lag(ticks) OVER (), 0) AS crowd
  FROM bars POSITIONAL JOIN {attention}
),
pairs AS (
  SELECT CASE WHEN crowd IS NOT NULL THEN round(price * 1e12)::BIGINT END AS x,
         CASE WHEN price IS NOT NULL THEN round(crowd * 1e12)::BIGINT END AS y
  FROM ratios
),
running AS (
  SELECT count(x) OVER running_total AS n,
         coalesce(sum(x) OVER running_total, 0) AS x,
         coalesce(sum(y) OVER running_total, 0) AS y,
         coalesce(sum(x::HUGEINT * x) OVER running_total, 0) AS xx,
         coalesce(sum(y::HUGEINT * y) OVER running_total, 0) AS yy,
         coalesce(sum(x::HUGEINT * y) OVER running_total, 0) AS xy
  FROM pairs
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
windowed AS (
  SELECT n - lag(n, getvariable('window'), 0) OVER () AS n,
         x - lag(x, getvariable('window'), 0::HUGEINT) OVER () AS x,
         y - lag(y, getvariable('window'), 0::HUGEINT) OVER () AS y,
         xx - lag(xx, getvariable('window'), 0::HUGEINT) OVER () AS xx,
         yy - lag(yy, getvariable('window'), 0::HUGEINT) OVER () AS yy,
         xy - lag(xy, getvariable('window'), 0::HUGEINT) OVER () AS xy
  FROM running
),
moments AS (
  SELECT n, n * xy - x * y AS covariance, n * xx - x * x AS variance_x, n * yy - y * y AS variance_y
  FROM windowed
)
SELECT CASE WHEN n >= getvariable('minimum_pairs') AND variance_x > 0 AND variance_y > 0
  THEN least(abs(covariance::DOUBLE) / (sqrt(variance_x::DOUBLE) * sqrt(variance_y::DOUBLE)), 1)
END AS value
FROM moments
