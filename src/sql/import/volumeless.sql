-- Symbols whose volume is 0 on every bar that has one.
SELECT sym::INTEGER AS sym FROM next_bars GROUP BY sym HAVING max(volume) = 0 ORDER BY sym
