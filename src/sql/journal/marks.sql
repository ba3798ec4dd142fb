-- name: mark
INSERT INTO marks (run, name, tags, starred) VALUES ($run, $name, $tags, $starred)
ON CONFLICT (run) DO UPDATE SET name = excluded.name, tags = excluded.tags, starred = excluded.starred

-- name: add_mark
INSERT INTO marks (run, name, tags, starred) VALUES ($run, $name, $tags, $starred)
ON CONFLICT DO NOTHING

-- name: mark_of_run
SELECT * FROM marks WHERE run = $run

-- name: all_marks
SELECT * FROM marks ORDER BY run
