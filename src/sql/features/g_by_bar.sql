-- The G-Score of each bar's date.
SELECT g.value
FROM bars LEFT JOIN {g_score} AS g ON g.day = {over}
ORDER BY bars.row
