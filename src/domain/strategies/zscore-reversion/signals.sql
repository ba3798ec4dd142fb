-- z-score reversion: buy when the close stands far below its recent mean, sell short when far above; where an exit
-- threshold is set, leave once it is back that close to the mean, or beyond.
SELECT CASE
         WHEN NOT member.value THEN 0
         WHEN z.value < -getvariable('entry_threshold') AND getvariable('sides') <> 'short' THEN 1
         WHEN z.value > getvariable('entry_threshold') AND getvariable('sides') <> 'long' THEN -1
         ELSE 0
       END AS side,
       CASE WHEN getvariable('exits') THEN
         (z.value >= -getvariable('exit_threshold'))::TINYINT + 2 * (z.value <= getvariable('exit_threshold'))::TINYINT
       ELSE 0 END AS exit,
       abs(z.value) AS score,
       atr.value AS atr,
       1.0 AS size_factor
FROM {z} AS z POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
