-- A macro value first published before the one dated earlier: its series' bars cannot be counted back.
WITH published AS (
  SELECT symbol, day, min(available_day) AS available_day, arg_min(file, record) AS file, min(record) AS record
  FROM next_macro
  GROUP BY symbol, day
),
compared AS (
  SELECT *, max(available_day) OVER (
    PARTITION BY symbol ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before
  FROM published
)
SELECT file, record, symbol, day FROM compared WHERE available_day < before ORDER BY file, record LIMIT 1
