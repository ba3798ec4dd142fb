-- Newest first. Of runs made at the same instant the order is theirs by id, so that pages never overlap.
SELECT runs.*, studies.name, json_extract(studies.study, '$.strategy.id') AS strategy
FROM runs JOIN studies ON studies.digest = runs.study
ORDER BY made_at DESC, id
LIMIT $limit OFFSET $offset
