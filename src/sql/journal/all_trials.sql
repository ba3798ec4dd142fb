SELECT lower(hex(fingerprint)) AS fingerprint, lower(hex(digest)) AS digest, sharpe, sessions, first_seen
FROM trials
ORDER BY trials.fingerprint, trials.digest
