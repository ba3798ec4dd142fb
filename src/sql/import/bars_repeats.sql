-- Bars that stand on a date their symbol already has, in the order of files and rows.
SELECT file, record, symbol, day
FROM next_bars
SEMI JOIN (SELECT symbol, day FROM next_bars GROUP BY symbol, day HAVING count(*) > 1) USING (symbol, day)
ORDER BY symbol, day, file, record
LIMIT 2
