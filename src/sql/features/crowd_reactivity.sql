-- Crowd-Reactivity Index: |Pearson(Δ% close, Δ% attention)| over the last `window` bars. Pairs with a null or
-- a zero divisor are dropped; null with fewer than `minimum_pairs` or without variance.
-- Ratios x_t / x_{t−1} stand for Δ% (the shift by one cancels), as integers of 1e-12. A symbol's first bar has none:
-- `…_before`, the sums up to there, are those of the symbols before. A sum that only grows is largest at the newest first
-- bar: so do sums of squares, of (x + y)² too, and with 2^63 more for each row every sum of BIGINTs.
WITH ratios AS (
  SELECT row, bar,
         CASE WHEN bar > 0 THEN close_ticks / nullif(lag(close_ticks) OVER (), 0) END AS price,
         CASE WHEN bar > 0 THEN ticks / nullif(lag(ticks) OVER (), 0) END AS crowd
  FROM bars POSITIONAL JOIN {attention}
),
pairs AS (
  SELECT row, bar,
         CASE WHEN crowd IS NOT NULL THEN round(price * 1e12)::BIGINT END AS x,
         CASE WHEN price IS NOT NULL THEN round(crowd * 1e12)::BIGINT END AS y
  FROM ratios
),
running AS (
  SELECT row, bar,
         count(x) OVER running_total AS n,
         coalesce(sum(x) OVER running_total, 0) AS x,
         coalesce(sum(y) OVER running_total, 0) AS y,
         coalesce(sum(x::HUGEINT * x) OVER running_total, 0) AS xx,
         coalesce(sum(y::HUGEINT * y) OVER running_total, 0) AS yy,
         coalesce(sum(x::HUGEINT * y) OVER running_total, 0) AS xy
  FROM pairs
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
begun AS (
  SELECT *,
         max(n) FILTER (bar = 0) OVER running_total AS n_before,
         max(x + row * 9223372036854775808::HUGEINT) FILTER (bar = 0) OVER running_total - (row - bar) * 9223372036854775808::HUGEINT AS x_before,
         max(y + row * 9223372036854775808::HUGEINT) FILTER (bar = 0) OVER running_total - (row - bar) * 9223372036854775808::HUGEINT AS y_before,
         max(xx) FILTER (bar = 0) OVER running_total AS xx_before,
         max(yy) FILTER (bar = 0) OVER running_total AS yy_before,
         (max(xx + 2 * xy + yy) FILTER (bar = 0) OVER running_total - xx_before - yy_before) // 2 AS xy_before
  FROM running
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
windowed AS (
  SELECT n - CASE WHEN bar < getvariable('window') THEN n_before ELSE lag(n, getvariable('window')) OVER () END AS n,
         x - CASE WHEN bar < getvariable('window') THEN x_before ELSE lag(x, getvariable('window')) OVER () END AS x,
         y - CASE WHEN bar < getvariable('window') THEN y_before ELSE lag(y, getvariable('window')) OVER () END AS y,
         xx - CASE WHEN bar < getvariable('window') THEN xx_before ELSE lag(xx, getvariable('window')) OVER () END AS xx,
         yy - CASE WHEN bar < getvariable('window') THEN yy_before ELSE lag(yy, getvariable('window')) OVER () END AS yy,
         xy - CASE WHEN bar < getvariable('window') THEN xy_before ELSE lag(xy, getvariable('window')) OVER () END AS xy
  FROM begun
),
moments AS (
  SELECT n, n * xy - x * y AS covariance, n * xx - x * x AS variance_x, n * yy - y * y AS variance_y
  FROM windowed
)
SELECT CASE WHEN n >= getvariable('minimum_pairs') AND variance_x > 0 AND variance_y > 0
  THEN least(abs(covariance::DOUBLE) / (sqrt(variance_x::DOUBLE) * sqrt(variance_y::DOUBLE)), 1)
END AS value
FROM moments
