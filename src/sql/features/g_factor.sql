-- What the G-Score does to a position's size, bar by bar: × `reduce_factor` at `reduce_at` and above.
SELECT CASE WHEN g.value >= getvariable('reduce_at') THEN getvariable('reduce_factor') ELSE 1 END::DOUBLE AS value
FROM bars LEFT JOIN {g_score} AS g ON g.day = {over}
ORDER BY bars.row
