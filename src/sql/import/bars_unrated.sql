-- The first bar without a rate of the seven days before it.
SELECT sym, day, series FROM next_rated WHERE series IS NOT NULL AND (rate IS NULL OR age > 7) ORDER BY sym, day LIMIT 1
