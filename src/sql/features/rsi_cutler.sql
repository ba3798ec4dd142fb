-- Relative Strength Index by simple sums (Cutler): 100 · gains / (gains + losses) of the last `period` changes of
-- the close; null before that many, 50 where nothing moved.
WITH running AS (
  SELECT bar,
         coalesce(sum(gain) OVER (ROWS UNBOUNDED PRECEDING), 0) AS gains,
         coalesce(sum(loss) OVER (ROWS UNBOUNDED PRECEDING), 0) AS losses
  FROM bars POSITIONAL JOIN {moves}
),
windowed AS (
  SELECT bar,
         gains - lag(gains, getvariable('period'), 0::HUGEINT) OVER () AS gains,
         losses - lag(losses, getvariable('period'), 0::HUGEINT) OVER () AS losses
  FROM running
)
SELECT CASE
  WHEN bar < getvariable('period') THEN NULL
  WHEN gains + losses = 0 THEN 50
  ELSE 100 * gains::DOUBLE / (gains + losses)::DOUBLE
END AS value
FROM windowed
