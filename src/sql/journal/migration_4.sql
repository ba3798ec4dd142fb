-- What a person was told of a study so far, by its name, so that each thing is told once.
CREATE TABLE told (
  study   TEXT PRIMARY KEY,
  -- The last session that was looked at, days since 1970-01-01.
  through INTEGER NOT NULL,
  -- A list of ids of findings.
  red     TEXT NOT NULL CHECK (json_type(red) = 'array'),
  failed  INTEGER NOT NULL CHECK (failed IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Keys, tokens and addresses that give whoever has them a power. Only an encrypted journal has any.
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (length(value) <= 10000)
) STRICT, WITHOUT ROWID;
