-- Momentum: the return from `lookback` bars ago to `skip` bars ago, a ratio (Jegadeesh & Titman 1993 leave the
-- latest month out); null before. `ticks` is close ÷ close as an integer of 1e-12, to be ranked.
WITH closes AS (
  SELECT CASE WHEN bar >= getvariable('lookback')
           THEN lag(close_ticks, getvariable('skip')) OVER () / nullif(lag(close_ticks, getvariable('lookback')) OVER (), 0)
         END AS growth
  FROM bars
)
SELECT round(growth * 1e12)::HUGEINT AS ticks, growth - 1 AS value
FROM closes
