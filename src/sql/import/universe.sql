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
