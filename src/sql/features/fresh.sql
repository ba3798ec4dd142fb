-- Whether attention is fresh enough for an entry, where no CRI filter asks more.
SELECT NOT stale AS value
FROM {attention}
