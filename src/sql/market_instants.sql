-- The imported bars that have instants as columns, in (symbol, opens) order; a missing volume is NaN.
SELECT sym::INTEGER AS sym, day::INTEGER AS day, opens::DOUBLE AS opens, known::DOUBLE AS known, open, high, low, close,
       coalesce(volume, 'NaN'::DOUBLE) AS volume
FROM imported_bars
ORDER BY sym, opens
