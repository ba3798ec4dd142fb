-- Average true range, simple mean of the last `period` true ranges; null before that many bars.
-- `ticks` is their exact sum (z-scores are taken of it: the divisor cancels); for the table of mean_table.sql.
WITH running AS (
  SELECT bar, sum(ticks) OVER (ROWS UNBOUNDED PRECEDING) AS total
  FROM bars POSITIONAL JOIN {true_range}
),
windowed AS (
  SELECT CASE WHEN bar >= getvariable('period') - 1
    THEN (total - coalesce(lag(total, getvariable('period')) OVER (), 0))::BIGINT
  END AS ticks
  FROM running
)
SELECT ticks FROM windowed
