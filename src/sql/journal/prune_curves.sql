-- Whole curves stay of the 200 newest runs and of those that are pinned.
DELETE FROM curves
WHERE
  run NOT IN (SELECT run FROM pins)
  AND run NOT IN (SELECT id FROM runs ORDER BY made_at DESC, id LIMIT 200)
