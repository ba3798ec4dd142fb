-- First and last date of each file.
SELECT file, min(day)::INTEGER AS first_day, max(day)::INTEGER AS last_day
FROM import_rows AS rows
JOIN import_styles AS styles USING (file)
JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
GROUP BY file
ORDER BY file
