-- Fixed weights by symbol number.
SELECT getvariable('weights')[bars.sym + 1] AS weight,
       NULL AS score,
       atr.value AS atr
FROM bars POSITIONAL JOIN {atr} AS atr
