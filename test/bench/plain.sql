-- The same features as a person would write them: floating-point windows, one per symbol.
-- reads: plain_bars (sym, bar, high, low, close, volume)
WITH ranges AS (
  SELECT sym, bar, volume,
         greatest(high - low, abs(high - lag(close) OVER history), abs(low - lag(close) OVER history)) AS tr
  FROM plain_bars
  WINDOW history AS (PARTITION BY sym ORDER BY bar)
),
averaged AS (
  SELECT sym, bar, volume,
         CASE WHEN bar >= 13 THEN avg(tr) OVER (PARTITION BY sym ORDER BY bar ROWS 13 PRECEDING) END AS atr
  FROM ranges
)
SELECT sym, bar, atr,
       CASE WHEN count(atr) OVER recent >= 30
         THEN coalesce((atr - avg(atr) OVER recent) / nullif(stddev_samp(atr) OVER recent, 0), 0)
       END AS z_atr,
       CASE WHEN count(volume) OVER recent >= 30
         THEN coalesce((volume - avg(volume) OVER recent) / nullif(stddev_samp(volume) OVER recent, 0), 0)
       END AS z_volume
FROM averaged
WINDOW recent AS (PARTITION BY sym ORDER BY bar ROWS 89 PRECEDING)
