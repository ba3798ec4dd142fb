-- Simple moving average of the close over `period` bars; null before that many. `ticks` is the exact sum, so
-- that averages of two lengths compare in integers (sum × the other's length); for the table of mean_table.sql.
WITH running AS (
  SELECT bar, sum(close_ticks) OVER (ROWS UNBOUNDED PRECEDING) AS total FROM bars
),
windowed AS (
  SELECT CASE WHEN bar >= getvariable('period') - 1
    THEN total - coalesce(lag(total, getvariable('period')) OVER (), 0)
  END AS ticks
  FROM running
)
SELECT ticks FROM windowed
