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
-- Those that hold $text in a name, a tag, the dataset or one of the $strategies (a JSON list of ids); all where it is empty.
-- $by is newest, starred, or a metric, the largest first; a Sharpe ratio of fewer sessions than $least is none. Of runs that
-- are alike the newest comes first, and then their id decides, so that pages never overlap.
WITH found AS (
  SELECT
    runs.id,
    runs.made_at,
    CASE $by
      WHEN 'newest' THEN NULL
      WHEN 'starred' THEN marks.starred
      ELSE (
        SELECT one.value ->> '$.value' FROM json_each(runs.metrics) AS one
        WHERE one.value ->> '$.id' = $by AND ($by <> 'sharpe' OR length(runs.curve_days) >= 4 * $least)
      )
    END AS rank
  FROM runs
  JOIN studies ON studies.digest = runs.study
  LEFT JOIN marks ON marks.run = runs.id
  WHERE
    ($starred = 0 OR marks.starred = 1)
    AND (
      $text = ''
      OR instr(lower(concat_ws(char(10), marks.name, studies.name, runs.dataset)), lower($text)) > 0
      OR EXISTS (SELECT 1 FROM json_each(marks.tags) AS tag WHERE instr(lower(tag.value), lower($text)) > 0)
      OR studies.study ->> '$.strategy.id' IN (SELECT value FROM json_each($strategies))
    )
),
page AS (
  SELECT id, rank, count(*) OVER () AS found
  FROM found
  ORDER BY rank DESC NULLS LAST, made_at DESC, id
  LIMIT $limit OFFSET $offset
)
SELECT
  runs.*,
  coalesce(nullif(marks.name, ''), studies.name) AS name,
  studies.study ->> '$.strategy.id' AS strategy,
  studies.study AS settings,
  coalesce(marks.name, '') AS own_name,
  coalesce(marks.tags, '[]') AS tags,
  coalesce(marks.starred, 0) AS starred,
  page.found
FROM page
JOIN runs ON runs.id = page.id
JOIN studies ON studies.digest = runs.study
LEFT JOIN marks ON marks.run = runs.id
ORDER BY page.rank DESC NULLS LAST, made_at DESC, runs.id

-- name: run_before
-- The newest run of the same strategy that was made before.
SELECT runs.fingerprint, studies.digest, studies.study
FROM runs JOIN studies ON studies.digest = runs.study
WHERE runs.made_at < $made_at AND studies.study ->> '$.strategy.id' = $strategy
ORDER BY runs.made_at DESC, runs.id
LIMIT 1

-- name: run_count
SELECT count(*) AS runs FROM runs

-- name: all_runs
SELECT * FROM runs ORDER BY id

-- name: delete_run
DELETE FROM runs WHERE id = $id
