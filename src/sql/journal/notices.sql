-- name: told
SELECT * FROM told WHERE study = $study

-- name: tell
INSERT INTO told (study, through, red, failed) VALUES ($study, $through, $red, $failed)
ON CONFLICT (study) DO UPDATE SET through = excluded.through, red = excluded.red, failed = excluded.failed
