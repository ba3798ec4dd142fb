-- z-score of an integer series over the last `window` bars, the current one included: (x − mean) / sd, with
-- sd over n − 1. Null where x is null or fewer than `minimum` values stand in the window; 0 where sd is 0.
-- With m values, z = (m·x − Σx) / √((m·Σx² − (Σx)²) · m / (m − 1)), integers up to the last cast: exact, and
-- independent of what stands before or after the window. `…_before` is what was summed before the symbol's first bar: a
-- sum that only grows is largest at the newest such bar, and with 2^63 more for each row every sum of BIGINTs does.
-- reads: {rows} (row, bar), and beside it {series}
WITH running AS (
  SELECT row, bar, {column} AS x,
         count({column}) OVER running_total AS n,
         coalesce(sum({column}) OVER running_total, 0) AS total,
         coalesce(sum({column}::HUGEINT * {column}) OVER running_total, 0) AS squares
  FROM {rows} POSITIONAL JOIN {series}
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
begun AS (
  SELECT *,
         max(n - (x IS NOT NULL)::BIGINT) FILTER (bar = 0) OVER running_total AS n_before,
         max(total - coalesce(x, 0) + row * 9223372036854775808::HUGEINT) FILTER (bar = 0) OVER running_total
           - (row - bar) * 9223372036854775808::HUGEINT AS total_before,
         max(squares - coalesce(x::HUGEINT * x, 0)) FILTER (bar = 0) OVER running_total AS squares_before
  FROM running
  WINDOW running_total AS (ROWS UNBOUNDED PRECEDING)
),
windowed AS (
  SELECT x,
         n - CASE WHEN bar < getvariable('window') THEN n_before ELSE lag(n, getvariable('window')) OVER () END AS m,
         total - CASE WHEN bar < getvariable('window') THEN total_before ELSE lag(total, getvariable('window')) OVER () END AS s,
         squares - CASE WHEN bar < getvariable('window') THEN squares_before ELSE lag(squares, getvariable('window')) OVER () END AS q
  FROM begun
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
