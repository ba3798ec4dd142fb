-- True range: max(H − L, |H − C₋₁|, |L − C₋₁|); the first bar, which has no close before it, has H − L.
-- greatest() passes over nulls.
SELECT greatest(
  high_ticks - low_ticks,
  abs(high_ticks - lag(close_ticks) OVER ()),
  abs(low_ticks - lag(close_ticks) OVER ())
) AS ticks
FROM bars
