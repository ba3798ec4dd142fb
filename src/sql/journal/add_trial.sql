-- A trial counts once, from when it was first seen; a Sharpe ratio that was missing is filled in.
INSERT INTO trials (fingerprint, digest, sharpe, sessions, first_seen)
VALUES (unhex($fingerprint), unhex($digest), $sharpe, $sessions, $first_seen)
ON CONFLICT (fingerprint, digest) DO UPDATE SET sharpe = excluded.sharpe, sessions = excluded.sessions
WHERE trials.sharpe IS NULL AND excluded.sharpe IS NOT NULL
