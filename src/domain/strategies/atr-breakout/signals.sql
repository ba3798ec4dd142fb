-- Breakout: the close stands above the highest high of the bars before (channel), or above the close before by a multiple
-- of the ATR known then (atr); shorts mirrored. Where an exit channel is set, a close beyond it on the other side ends
-- the position.
WITH levels AS (
  SELECT close,
         CASE WHEN bar = 0 THEN NULL
              WHEN getvariable('trigger') = 'channel' THEN lag(high.value) OVER ()
              ELSE lag(close) OVER () + getvariable('multiple') * lag(atr.value) OVER ()
         END AS above,
         CASE WHEN bar = 0 THEN NULL
              WHEN getvariable('trigger') = 'channel' THEN lag(low.value) OVER ()
              ELSE lag(close) OVER () - getvariable('multiple') * lag(atr.value) OVER ()
         END AS below,
         CASE WHEN bar > 0 THEN lag(exit_low.value) OVER () END AS exit_below,
         CASE WHEN bar > 0 THEN lag(exit_high.value) OVER () END AS exit_above,
         atr.value AS atr
  FROM bars POSITIONAL JOIN {high} AS high POSITIONAL JOIN {low} AS low
       POSITIONAL JOIN {exit_high} AS exit_high POSITIONAL JOIN {exit_low} AS exit_low POSITIONAL JOIN {atr} AS atr
)
SELECT CASE
         WHEN NOT member.value THEN 0
         WHEN close > above AND getvariable('sides') <> 'short' THEN 1
         WHEN close < below AND getvariable('sides') <> 'long' THEN -1
         ELSE 0
       END AS side,
       CASE WHEN getvariable('exits') AND side = 0 THEN
         (close < exit_below)::TINYINT + 2 * (close > exit_above)::TINYINT
       ELSE 0 END AS exit,
       greatest(close - above, below - close) / nullif(atr, 0) AS score,
       atr,
       1.0 AS size_factor
FROM levels POSITIONAL JOIN {member} AS member
