-- Pairs: where the ratio of two closes stands far from its mean, sell the dear leg short and buy the cheap one; both
-- leave once it is back near the mean, or beyond. `z` is positive where the bar's own symbol is the dear one.
SELECT CASE
         WHEN NOT member.value THEN 0
         WHEN z.value > getvariable('entry_threshold') THEN -1
         WHEN z.value < -getvariable('entry_threshold') THEN 1
         ELSE 0
       END AS side,
       (z.value >= -getvariable('exit_threshold'))::TINYINT
         + 2 * (z.value <= getvariable('exit_threshold'))::TINYINT AS exit,
       abs(z.value) AS score,
       atr.value AS atr,
       0.5 AS size_factor
FROM {z} AS z POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
