-- True range: max(H − L, |H − C₋₁|, |L − C₋₁|); the first bar, which has no close before it, has H − L.
-- greatest() passes over nulls.
SELECT greatest(high_ticks - low_ticks, abs(high_ticks - close_before), abs(low_ticks - close_before)) AS ticks
FROM (
  SELECT high_ticks, low_ticks, CASE WHEN bar > 0 THEN lag(close_ticks) OVER () END AS close_before FROM bars
)
