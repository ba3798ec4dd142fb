-- Bars that follow their symbol's bar before after more than 30 days, or at another level: opened ÷ close before,
-- closed ÷ close before. next_bars is stored in (symbol, date) order.
SELECT sym, day, day_before, open / close_before AS opened, close / close_before AS closed
FROM (
  SELECT sym, day, open, close, lag(sym) OVER () AS sym_before, lag(day) OVER () AS day_before,
         lag(close) OVER () AS close_before
  FROM next_bars
)
WHERE sym = sym_before AND (day - day_before > 30 OR open > 1.4 * close_before OR open < 0.7 * close_before)
ORDER BY sym, day
