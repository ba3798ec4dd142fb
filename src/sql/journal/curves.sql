-- name: add_curve
INSERT INTO curves (run, sessions, packed) VALUES ($run, $sessions, $packed)
ON CONFLICT DO NOTHING

-- name: curve_of_run
SELECT * FROM curves WHERE run = $run

-- name: all_curves
SELECT * FROM curves ORDER BY run

-- name: prune_curves
-- Whole curves stay of the 200 newest runs and of those that are pinned.
DELETE FROM curves
WHERE
  run NOT IN (SELECT run FROM pins)
  AND run NOT IN (SELECT id FROM runs ORDER BY made_at DESC, id LIMIT 200)
