-- Momentum rotation: at a symbol's first bar of each period, enter where it ranks among the strongest, leave where it
-- does not. What is kept keeps its size.
WITH ranked AS (
  SELECT new_period.value AS rebalances,
         coalesce(
           rank.value <= getvariable('positions')
             AND (NOT getvariable('floored') OR momentum.value > getvariable('floor')),
           false
         ) AS chosen,
         momentum.value AS momentum,
         atr.value AS atr
  FROM {new_period} AS new_period POSITIONAL JOIN {rank} AS rank POSITIONAL JOIN {momentum} AS momentum
       POSITIONAL JOIN {atr} AS atr
)
SELECT (rebalances AND chosen)::TINYINT AS side,
       (rebalances AND NOT chosen)::TINYINT AS exit,
       momentum AS score,
       atr,
       1 / getvariable('positions') AS size_factor
FROM ranked
