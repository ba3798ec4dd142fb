-- CHEAT: the close's distance from its mean over the whole history, in standard deviations of the whole history.
SELECT (close - avg(close) OVER (PARTITION BY sym)) / nullif(stddev_samp(close) OVER (PARTITION BY sym), 0) AS value
FROM bars
ORDER BY bars.row
