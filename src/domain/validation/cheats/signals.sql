-- Long where the cheating column is above its threshold, out where it is not.
SELECT coalesce(cheat.value::DOUBLE > getvariable('enter_above'), false)::TINYINT AS side,
       coalesce(cheat.value::DOUBLE <= getvariable('enter_above'), false)::TINYINT AS exit,
       cheat.value::DOUBLE AS score,
       atr.value AS atr,
       1.0 AS size_factor
FROM {cheat} AS cheat POSITIONAL JOIN {atr} AS atr
