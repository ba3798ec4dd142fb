-- For each file: how many of its dates each format reads, and how many dates it has.
WITH dates AS (
  SELECT file, date AS text FROM import_rows WHERE NOT is_blank(date)
  UNION ALL
  SELECT file, other_date FROM import_rows WHERE other_date IS NOT NULL AND NOT is_blank(other_date)
),
present AS (SELECT file, count(*)::INTEGER AS present FROM dates GROUP BY file)
SELECT file, format, count(*)::INTEGER AS parsed, present
FROM dates JOIN import_days USING (text) JOIN present USING (file)
GROUP BY file, format, present
ORDER BY file
