-- The sample variance in two passes, so that nearly equal ratios keep their digits.
WITH
  mine AS (SELECT sharpe FROM trials WHERE fingerprint = unhex($fingerprint) ORDER BY digest),
  counted AS (SELECT count(*) AS trials, count(sharpe) AS with_sharpe, avg(sharpe) AS mean FROM mine)
SELECT
  trials,
  with_sharpe,
  CASE WHEN with_sharpe > 1 THEN
    (SELECT sum((sharpe - mean) * (sharpe - mean)) FROM mine) / (with_sharpe - 1)
  END AS variance
FROM counted
