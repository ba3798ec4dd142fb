-- What the close gained and lost since the bar before, both positive; null for a symbol's first bar.
SELECT CASE WHEN change IS NOT NULL THEN greatest(change, 0) END AS gain,
       CASE WHEN change IS NOT NULL THEN greatest(-change, 0) END AS loss
FROM (SELECT CASE WHEN bar > 0 THEN close_ticks - lag(close_ticks) OVER () END AS change FROM bars)
