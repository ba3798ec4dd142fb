-- Attention or macro values (`role`) of all files, those of unknown names left out. Google Trends writes <1 for
-- a little. `available` is the date from which a revised value counts; without it the value's own date.
SELECT rows.row, names.sym, names.series, days.day, is_nameless(rows.name) AS is_nameless,
       CASE WHEN is_blank(rows.other_date) THEN days.day ELSE available.day END AS available_day,
       CASE WHEN role = 'attention' AND trim(value) = '<1' THEN 0 ELSE number(value, decimal_comma) END AS value
FROM import_rows AS rows
JOIN import_styles AS styles USING (file)
LEFT JOIN import_names AS names USING (role, name)
LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
LEFT JOIN import_days AS available ON available.text = rows.other_date AND available.format = styles.date_format
WHERE role = getvariable('role') AND (names.sym IS NOT NULL OR names.series IS NOT NULL OR is_nameless(rows.name))
ORDER BY names.sym, names.series, days.day, available_day, rows.row
