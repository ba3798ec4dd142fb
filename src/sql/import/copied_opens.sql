-- Bars whose open equals their symbol's close before.
WITH paired AS (
  SELECT open, lag(close) OVER (PARTITION BY symbol ORDER BY day) AS before FROM next_bars
)
SELECT count(*) FILTER (open = before) AS copied, count(before) AS bars FROM paired
