-- “OUTS” marks the file as a journal of Outsample.
PRAGMA application_id = 0x4F555453;

-- Each distinct study once, by the SHA-256 of its canonical JSON.
CREATE TABLE studies (
  digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
  name   TEXT NOT NULL,
  study  TEXT NOT NULL CHECK (json_valid(study))
) STRICT, WITHOUT ROWID;

-- One row per finished run. The instant is the page's, in UTC: '2026-01-31T12:00:00.000Z'.
CREATE TABLE runs (
  id             TEXT PRIMARY KEY CHECK (length(id) = 64),
  made_at        TEXT NOT NULL,
  study          TEXT NOT NULL REFERENCES studies (digest),
  fingerprint    TEXT NOT NULL CHECK (length(fingerprint) = 64),
  dataset        TEXT NOT NULL,
  engine         TEXT NOT NULL,
  trades_digest  TEXT NOT NULL CHECK (length(trades_digest) = 64),
  equity_digest  TEXT NOT NULL CHECK (length(equity_digest) = 64),
  metrics_digest TEXT NOT NULL CHECK (length(metrics_digest) = 64),
  -- The headline: a list of {id, label, unit, value, reason?}.
  metrics        TEXT NOT NULL CHECK (json_type(metrics) = 'array'),
  -- What must stand beside the numbers: a list of texts.
  labels         TEXT NOT NULL CHECK (json_type(labels) = 'array'),
  -- A small curve for the eye: int32 days since 1970-01-01 and float32 equity, little-endian.
  curve_days     BLOB NOT NULL CHECK (length(curve_days) % 4 = 0),
  curve_equity   BLOB NOT NULL CHECK (length(curve_equity) = length(curve_days))
) STRICT, WITHOUT ROWID;

CREATE INDEX runs_by_time ON runs (made_at DESC, id);
CREATE INDEX runs_by_study ON runs (study);

-- The trial ledger: whatever was tried on a dataset, once. Digests are 32 bytes, since there are thousands.
CREATE TABLE trials (
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  digest      BLOB NOT NULL CHECK (length(digest) = 32),
  -- Per session, not annualised; null where the trial has none.
  sharpe      REAL CHECK (abs(sharpe) <= 1e300),
  sessions    INTEGER NOT NULL CHECK (sessions >= 0),
  first_seen  TEXT NOT NULL,
  PRIMARY KEY (fingerprint, digest)
) STRICT, WITHOUT ROWID;
