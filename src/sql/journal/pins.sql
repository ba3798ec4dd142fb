-- name: pin
-- Takes the first free place; nothing where there is none, or the run has one.
INSERT INTO pins (place, run)
SELECT min(free.place), $run
FROM (SELECT column1 AS place FROM (VALUES (1), (2), (3), (4))) AS free
WHERE free.place NOT IN (SELECT place FROM pins) AND $run NOT IN (SELECT run FROM pins)
HAVING min(free.place) IS NOT NULL

-- name: add_pin
INSERT INTO pins (place, run) VALUES ($place, $run)
ON CONFLICT DO NOTHING

-- name: unpin
DELETE FROM pins WHERE run = $run

-- name: pin_of_run
SELECT * FROM pins WHERE run = $run

-- name: pinned_runs
SELECT
  pins.place,
  runs.*,
  coalesce(nullif(marks.name, ''), studies.name) AS name,
  studies.study ->> '$.strategy.id' AS strategy
FROM pins
JOIN runs ON runs.id = pins.run
JOIN studies ON studies.digest = runs.study
LEFT JOIN marks ON marks.run = runs.id
ORDER BY pins.place

-- name: all_pins
SELECT * FROM pins ORDER BY place
