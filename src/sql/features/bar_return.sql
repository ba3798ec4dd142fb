-- Simple return of the close over `bars` bars, a ratio; null before that, and where it is beyond every number.
SELECT CASE WHEN bar >= getvariable('bars') AND isfinite(value) THEN value END AS value
FROM (SELECT bar, close / lag(close, getvariable('bars')) OVER () - 1 AS value FROM bars)
