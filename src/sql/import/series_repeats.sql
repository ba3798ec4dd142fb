-- The first value that stands a second time on its date (and, for revised series, its date of availability).
SELECT min(row) AS row FROM (
  SELECT row, row_number() OVER (PARTITION BY sym, series, day, available_day ORDER BY row) AS n FROM {series}
)
WHERE n > 1
