-- name: universe
-- Membership spells of all files: from ≤ date < to; an empty `to`, or one such as 9999-12-31, is open. A spell
-- that is given twice counts once.
WITH typed AS (
  SELECT rows.row, names.sym, days.day AS from_day, is_nameless(rows.name) AS is_nameless,
         CASE WHEN is_blank(rows.other_date) OR until.day > day_number(DATE '2199-12-31') THEN day_number(DATE '9999-12-31')
              ELSE until.day END AS to_day,
         number(value, decimal_comma) AS delisting_return,
         CASE WHEN NOT is_blank(group_name) THEN trim(group_name) END AS group_name
  FROM import_rows AS rows
  JOIN import_styles AS styles USING (file)
  LEFT JOIN import_names AS names USING (role, name)
  LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
  LEFT JOIN import_days AS until ON until.text = rows.other_date AND until.format = styles.date_format
  WHERE role = 'universe' AND (names.sym IS NOT NULL OR is_nameless(rows.name))
)
SELECT min(row) AS row, * EXCLUDE (row)
FROM typed
GROUP BY ALL
ORDER BY sym, from_day, to_day, row

-- name: universe_faults
-- Spells that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no symbol here.'),
    day_fault(from_day, 'date'),
    fault(to_day IS NULL, 'other_date', 'date'),
    fault(to_day <= from_day, 'other_date', 'The spell ends before it begins (to is the first day outside).'),
    fault(NOT isfinite(delisting_return), 'value', 'This is not a number.'),
    fault(delisting_return < -1, 'value', 'A return cannot be below −1, the loss of everything.')
  ) AS fault
  FROM next_universe
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL

-- name: universe_overlaps
-- The first spell that begins while another of its symbol lasts.
SELECT min(row) AS row
FROM (
  SELECT row, from_day, max(to_day) OVER (
    PARTITION BY sym ORDER BY from_day, to_day, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS before
  FROM next_universe
)
WHERE from_day < before

-- name: universe_regrouped
-- The first spell whose group is not that of its symbol's spells before.
SELECT min(row) AS row
FROM (
  SELECT row, group_name, first(group_name IGNORE NULLS) OVER (PARTITION BY sym ORDER BY from_day, row) AS first_group
  FROM next_universe
)
WHERE group_name <> first_group

-- name: universe_kept
-- The spells that are kept.
SELECT sym, from_day, to_day, delisting_return, group_name FROM next_universe

-- name: parts
-- The rows of a table under the symbol numbers of next_parts, each by its date, in the order of {at}.
SELECT rows.* REPLACE (parts.part AS sym)
FROM {rows} AS rows JOIN next_parts AS parts
  ON parts.sym = rows.sym AND rows.{day} >= parts.first_day AND rows.{day} < parts.end_day
ORDER BY parts.part, rows.{at}
