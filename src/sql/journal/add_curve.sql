INSERT INTO curves (run, sessions, packed) VALUES ($run, $sessions, $packed)
ON CONFLICT DO NOTHING
