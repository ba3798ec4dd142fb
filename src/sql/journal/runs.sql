-- name: add_run
INSERT INTO runs (
  id, made_at, study, fingerprint, dataset, engine, trades_digest, equity_digest, metrics_digest,
  metrics, labels, curve_days, curve_equity
)
VALUES (
  $id, $made_at, $study, $fingerprint, $dataset, $engine, $trades_digest, $equity_digest, $metrics_digest,
  $metrics, $labels, $curve_days, $curve_equity
)
ON CONFLICT DO NOTHING

-- name: run
SELECT * FROM runs WHERE id = $id

-- name: runs
-- Newest first. Of runs made at the same instant the order is theirs by id, so that pages never overlap.
SELECT runs.*, studies.name, json_extract(studies.study, '$.strategy.id') AS strategy
FROM runs JOIN studies ON studies.digest = runs.study
ORDER BY made_at DESC, id
LIMIT $limit OFFSET $offset

-- name: run_count
SELECT count(*) AS runs FROM runs

-- name: all_runs
SELECT * FROM runs ORDER BY id

-- name: delete_run
DELETE FROM runs WHERE id = $id
