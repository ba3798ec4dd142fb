-- The first bar on a date that its symbol already has; next_bars is stored in (symbol, date, row) order.
SELECT min(row) AS row FROM (
  SELECT row, sym = lag(sym) OVER () AND day = lag(day) OVER () AS is_repeat FROM next_bars
)
WHERE is_repeat
