-- Takes the first free place; nothing where there is none, or the run has one.
INSERT INTO pins (place, run)
SELECT min(free.place), $run
FROM (SELECT column1 AS place FROM (VALUES (1), (2), (3), (4))) AS free
WHERE free.place NOT IN (SELECT place FROM pins) AND $run NOT IN (SELECT run FROM pins)
HAVING min(free.place) IS NOT NULL
