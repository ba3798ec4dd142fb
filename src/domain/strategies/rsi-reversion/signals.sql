-- RSI reversion: buy when oversold, sell short when overbought, leave once the index is back at the exit level.
SELECT CASE
         WHEN NOT member.value THEN 0
         WHEN rsi.value < getvariable('oversold') AND getvariable('sides') <> 'short' THEN 1
         WHEN rsi.value > getvariable('overbought') AND getvariable('sides') <> 'long' THEN -1
         ELSE 0
       END AS side,
       CASE WHEN getvariable('exits') THEN
         (rsi.value >= getvariable('exit_level'))::TINYINT + 2 * (rsi.value <= getvariable('exit_level'))::TINYINT
       ELSE 0 END AS exit,
       abs(rsi.value - 50) AS score,
       atr.value AS atr,
       1.0 AS size_factor
FROM {rsi} AS rsi POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
