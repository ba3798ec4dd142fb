-- A macro value first published before the one dated earlier: its series' bars cannot be counted back.
WITH published AS (
  SELECT series, day, min(available_day) AS available_day, arg_min(row, available_day) AS row FROM next_macro GROUP BY series, day
),
compared AS (
  SELECT *, max(available_day) OVER (
    PARTITION BY series ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before
  FROM published
)
SELECT min(row) AS row FROM compared WHERE available_day < before
