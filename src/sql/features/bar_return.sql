-- Simple return of the close over `bars` bars, a ratio; null before that.
SELECT close / lag(close, getvariable('bars')) OVER () - 1 AS value
FROM bars
