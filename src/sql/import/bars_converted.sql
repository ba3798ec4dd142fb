-- Bars in the dataset's one currency.
SELECT sym, day, open * coalesce(rate, 1) AS open, high * coalesce(rate, 1) AS high, low * coalesce(rate, 1) AS low,
       close * coalesce(rate, 1) AS close, volume
FROM next_rated
ORDER BY sym, day
