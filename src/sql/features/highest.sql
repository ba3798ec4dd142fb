-- Highest high of the last `period` bars, the current one included; null before that many. A window grows by steps:
-- the highest of s bars and that of s bars `step` bars ago make the highest of s + step. Four steps grow it up to 16 times,
-- from bars or from a shorter window; a step of 0 changes nothing. From bar period − 1 on no step leaves the symbol.
WITH start AS (
  SELECT bar, {column} AS value FROM bars POSITIONAL JOIN {series}
),
once AS (SELECT bar, greatest(value, lag(value, getvariable('step_1')) OVER ()) AS value FROM start),
twice AS (SELECT bar, greatest(value, lag(value, getvariable('step_2')) OVER ()) AS value FROM once),
thrice AS (SELECT bar, greatest(value, lag(value, getvariable('step_3')) OVER ()) AS value FROM twice),
grown AS (SELECT bar, greatest(value, lag(value, getvariable('step_4')) OVER ()) AS value FROM thrice)
SELECT CASE WHEN bar >= getvariable('period') - 1 THEN value END AS value
FROM grown
