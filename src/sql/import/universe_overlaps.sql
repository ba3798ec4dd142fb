-- The first spell that begins while another of its symbol lasts.
SELECT min(row) AS row
FROM (
  SELECT row, from_day, max(to_day) OVER (
    PARTITION BY sym ORDER BY from_day, to_day, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before
  FROM next_universe
)
WHERE from_day < before
