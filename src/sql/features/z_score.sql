-- z-score of an integer series over the last `window` bars, the current one included: (x − mean) / sd, with
-- sd over n − 1. Null where x is null or fewer than `minimum` values stand in the window; 0 where sd is 0.
-- With m values, z = (m·x − Σx) / √((m·Σx² − (Σx)²) · m / (m − 1)), integers up to the last cast: exact, and
-- independent of what stands before or after the window.
WITH running AS (
  SELECT {column} AS x,
         count({column}) OVER running_total AS n,
         coalesce(sum({column}) OVER running_total, 0) AS total,
         coalesce(sum({column}::HUGEINT * {column}) OVER running_total, 0) AS squares
  FROM {series}
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
windowed AS (
  SELECT x,
         n - lag(n, getvariable('window'), 0) OVER () AS m,
         total - lag(total, getvariable('window'), 0::HUGEINT) OVER () AS s,
         squares - lag(squares, getvariable('window'), 0::HUGEINT) OVER () AS q
  FROM running
),
spread AS (
  SELECT x, m, s, m * q - s * s AS v FROM windowed
)
SELECT CASE
  WHEN x IS NULL OR m < getvariable('minimum') THEN NULL
  WHEN v = 0 THEN 0
  ELSE (m * x::HUGEINT - s)::DOUBLE / sqrt(v::DOUBLE * (m / (m - 1)))
END AS value
FROM spread
