-- The CRI filter: evaluated at the symbol's first bar of each ISO week (day 0 was a Thursday, so weeks begin
-- where day + 3 is a multiple of 7) and kept until the next. Stale attention counts the CRI by
-- `stale_factor` and admits no entry. A null CRI is not tradable.
WITH weekly AS (
  SELECT row, stale,
         first_value(cri.value * CASE WHEN stale THEN getvariable('stale_factor') ELSE 1 END) OVER (
           PARTITION BY sym, floor((day + 3) / 7) ORDER BY bar
         ) AS cri
  FROM bars POSITIONAL JOIN {attention} POSITIONAL JOIN {crowd_reactivity} AS cri
)
SELECT coalesce(cri >= getvariable('threshold'), false) AND NOT stale AS value
FROM weekly
ORDER BY row
