-- The imported bars as columns, in (symbol, date) order; a missing volume is NaN.
SELECT sym::INTEGER AS sym, day::INTEGER AS day, open, high, low, close, coalesce(volume, 'NaN'::DOUBLE) AS volume
FROM {source}
ORDER BY sym, day
