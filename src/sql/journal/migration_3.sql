-- What a person has written on a run, as far as they have.
CREATE TABLE marks (
  run     TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  -- Empty where the run is called by what differs in it.
  name    TEXT NOT NULL CHECK (length(name) <= 200),
  -- A list of texts.
  tags    TEXT NOT NULL CHECK (json_type(tags) = 'array' AND length(tags) <= 2000),
  starred INTEGER NOT NULL CHECK (starred IN (0, 1))
) STRICT, WITHOUT ROWID;
