-- Half the bid-ask spread as a ratio, estimated from highs and lows: the mean of the 20 latest pairs of bars
-- (Corwin & Schultz 2012, eq. 14 and 18), halved. An overnight gap is taken out by shifting the later bar; negative
-- estimates count as 0. Estimates are summed as integers of 1e-12. Null while there are fewer than 20 pairs; a pair
-- beyond every number counts as none. A symbol's first bar makes no pair: 20 of them are its own.
WITH pairs AS (
  SELECT high, low,
         CASE WHEN bar > 0 THEN lag(high) OVER () END AS high_before,
         CASE WHEN bar > 0 THEN lag(low) OVER () END AS low_before,
         CASE WHEN bar > 0 THEN lag(close) OVER () END AS close_before
  FROM bars
),
gaps AS (
  SELECT *, greatest(low - close_before, 0) - greatest(close_before - high, 0) AS gap FROM pairs
),
ranges AS (
  SELECT ln((high - gap) / nullif(low - gap, 0)) AS later,
         ln(high_before / nullif(low_before, 0)) AS earlier,
         ln(greatest(high - gap, high_before) / nullif(least(low - gap, low_before), 0)) AS joint
  FROM gaps
),
alphas AS (
  SELECT (sqrt(2) - 1) * sqrt(later * later + earlier * earlier) / (3 - 2 * sqrt(2))
         - sqrt(joint * joint / (3 - 2 * sqrt(2))) AS alpha
  FROM ranges
),
spreads AS (
  SELECT CASE WHEN NOT isfinite(2 * exp(abs(alpha))) THEN NULL
              WHEN alpha > 0 THEN round(2 * (exp(alpha) - 1) / (1 + exp(alpha)) * 1e12)::BIGINT
              WHEN alpha <= 0 THEN 0
         END AS spread
  FROM alphas
),
running AS (
  SELECT count(spread) OVER (ROWS UNBOUNDED PRECEDING) AS n,
         coalesce(sum(spread) OVER (ROWS UNBOUNDED PRECEDING), 0) AS total
  FROM spreads
),
windowed AS (
  SELECT n - lag(n, 20, 0) OVER () AS n, total - lag(total, 20, 0::HUGEINT) OVER () AS total FROM running
)
SELECT CASE WHEN n = 20 THEN total::DOUBLE / (20 * 1e12) / 2 END AS value
FROM windowed
