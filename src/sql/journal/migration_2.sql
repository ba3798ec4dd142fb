-- Whole curves, one for each run that still has it: the newest runs and the pinned ones (prune_curves.sql).
CREATE TABLE curves (
  run      TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  sessions INTEGER NOT NULL CHECK (sessions BETWEEN 1 AND 100000),
  -- Deflated: int32 steps from day to day, then float64 equity, byte by byte of all values (workers/services/journal/whole-curve.ts).
  packed   BLOB NOT NULL
) STRICT;

-- Runs that are kept at hand for comparing. Place 1 is A on screen, the one that the others are compared with.
CREATE TABLE pins (
  place INTEGER PRIMARY KEY CHECK (place BETWEEN 1 AND 4),
  run   TEXT NOT NULL UNIQUE REFERENCES runs (id) ON DELETE CASCADE
) STRICT;
