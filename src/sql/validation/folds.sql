-- Train/test pairs over a run's sessions, before any purge. A window ends at the session before the next one's edge;
-- edges in months count calendar months from the first session's date. The last test window may be shorter.
-- reads: sessions (session, day) · values: unit ('months', 'bars'), anchored, train_length, test_length, step_length
WITH span AS (
  SELECT count(*)::INTEGER AS n, DATE '1970-01-01' + min(day) AS first_date,
         CASE getvariable('unit') WHEN 'bars' THEN count(*) ELSE (max(day) - min(day)) // 28 END AS longest
  FROM sessions
),
numbered AS (
  SELECT k::INTEGER AS fold, n, first_date, (k * getvariable('step_length'))::INTEGER AS start
  FROM span, range(0, n) AS counted(k)
  WHERE k * getvariable('step_length') <= longest
),
-- Edges as distances from the first session, in bars or months.
distances AS (
  SELECT fold, n, first_date, 'train_start' AS edge, start AS distance FROM numbered
  UNION ALL
  SELECT fold, n, first_date, 'test_start', start + getvariable('train_length') FROM numbered
  UNION ALL
  SELECT fold, n, first_date, 'test_end', start + getvariable('train_length') + getvariable('test_length') FROM numbered
),
-- The first session at or after an edge; n where there is none.
placed AS (
  SELECT fold, edge,
         CASE getvariable('unit')
           WHEN 'bars' THEN least(distance, n)
           ELSE coalesce(
             (SELECT min(session) FROM sessions
              WHERE DATE '1970-01-01' + day >= first_date + to_months(distance::INTEGER)),
             n)
         END AS session
  FROM distances
),
edges AS (
  SELECT fold,
         max(session) FILTER (edge = 'train_start') AS train_start,
         max(session) FILTER (edge = 'test_start') AS test_start,
         max(session) FILTER (edge = 'test_end') AS test_end
  FROM placed
  GROUP BY fold
)
SELECT fold,
       CASE WHEN getvariable('anchored') THEN 0 ELSE train_start END::INTEGER AS train_from,
       (test_start - 1)::INTEGER AS train_to,
       test_start::INTEGER AS test_from,
       (test_end - 1)::INTEGER AS test_to
FROM edges
WHERE test_start < test_end AND test_start > train_start
ORDER BY fold
