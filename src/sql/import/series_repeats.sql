-- Values that stand twice on one date (and, for revised series, one availability date).
SELECT file, record, symbol, day
FROM {series}
SEMI JOIN (
  SELECT symbol, day, available_day FROM {series} GROUP BY symbol, day, available_day HAVING count(*) > 1
) USING (symbol, day, available_day)
ORDER BY symbol, day, file, record
LIMIT 2
