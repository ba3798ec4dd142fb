-- Bars of each symbol, first and last date.
SELECT sym, count(*)::INTEGER AS bars, min(day) AS first_day, max(day) AS last_day FROM next_bars GROUP BY sym ORDER BY sym
