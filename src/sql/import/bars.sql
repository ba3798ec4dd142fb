-- The bars of all files in (symbol, date) order. Where a file has an adjusted close beside its close, the whole
-- bar is scaled by adjusted ÷ close; volume stays.
WITH typed AS (
  SELECT rows.row, names.sym, days.day, rows.adjusts,
         number(open, decimal_comma) AS open, number(high, decimal_comma) AS high, number(low, decimal_comma) AS low,
         number(close, decimal_comma) AS close, number(adjusted, decimal_comma) AS adjusted,
         volume_number(volume, decimal_comma) AS volume
  FROM import_rows AS rows
  JOIN import_styles USING (file)
  LEFT JOIN import_names AS names USING (role, name)
  LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = import_styles.date_format
  WHERE role = 'bars'
)
SELECT row, sym, day, open, high, low, close, CASE WHEN adjusts THEN adjusted ELSE close END AS adjusted, volume
FROM typed
ORDER BY sym, day, row
