-- Panic Score: w_vol·z(ATR) + w_volume·z(volume) + w_attention·z(attention). Where the dataset lacks a series
-- its z-score is the constant 0; a null z-score of a series it has makes the score null, and so do weights beyond it.
WITH weighed AS (
  SELECT getvariable('weight_volatility') * z_atr.value
         + getvariable('weight_volume') * z_volume.value
         + getvariable('weight_attention') * z_attention.value AS value
  FROM {z_atr} AS z_atr POSITIONAL JOIN {z_volume} AS z_volume POSITIONAL JOIN {z_attention} AS z_attention
)
SELECT CASE WHEN isfinite(value) THEN value END AS value
FROM weighed
