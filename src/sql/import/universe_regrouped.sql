-- The first spell whose group is not that of its symbol's spells before.
SELECT min(row) AS row
FROM (
  SELECT row, group_name, first(group_name IGNORE NULLS) OVER (PARTITION BY sym ORDER BY from_day, row) AS first_group
  FROM next_universe
)
WHERE group_name <> first_group
