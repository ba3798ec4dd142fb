-- name: add_trial
-- A trial counts once, from when it was first seen; a Sharpe ratio that was missing is filled in, and one of a longer
-- sample takes the place of one of a shorter: a search may try a set on a part of the data first.
INSERT INTO trials (fingerprint, digest, sharpe, sessions, first_seen)
VALUES (unhex($fingerprint), unhex($digest), $sharpe, $sessions, $first_seen)
ON CONFLICT (fingerprint, digest) DO UPDATE SET sharpe = excluded.sharpe, sessions = excluded.sessions
WHERE excluded.sharpe IS NOT NULL AND (trials.sharpe IS NULL OR trials.sessions < excluded.sessions)

-- name: ledger
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

-- name: all_trials
SELECT lower(hex(fingerprint)) AS fingerprint, lower(hex(digest)) AS digest, sharpe, sessions, first_seen
FROM trials
ORDER BY trials.fingerprint, trials.digest
