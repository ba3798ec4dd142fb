-- name: currencies
-- Which currency the files give each symbol, in their order.
SELECT trim(name) AS symbol, trim(currency) AS currency, min(row)::INTEGER AS row
FROM import_rows
WHERE role IN ('bars', 'universe', 'instruments') AND NOT is_blank(currency)
GROUP BY ALL
ORDER BY row

-- name: rates
-- Exchange rates among the macro values, each from the day after its own and not before it was available. A value
-- of an earlier day, revised late, does not come back over a later one.
SELECT series, day, value, greatest(day + 1, available_day) AS known_day
FROM next_macro SEMI JOIN next_pairs USING (series)
QUALIFY day = max(day) OVER (PARTITION BY series ORDER BY greatest(day + 1, available_day), day, available_day ROWS UNBOUNDED PRECEDING)
   AND row_number() OVER (PARTITION BY series, greatest(day + 1, available_day) ORDER BY day DESC, available_day DESC) = 1
ORDER BY series, known_day

-- name: bars_rated
-- Each bar beside the newest rate dated before it; a symbol without a pair keeps its prices.
SELECT bars.*, pairs.series, rates.value AS rate, bars.day - rates.day AS age
FROM next_bars AS bars
LEFT JOIN next_pairs AS pairs USING (sym)
ASOF LEFT JOIN next_rates AS rates ON rates.series = pairs.series AND bars.day >= rates.known_day

-- name: bars_unrated
-- The first bar without a rate of the seven days before it.
SELECT sym, day, series FROM next_rated WHERE series IS NOT NULL AND (rate IS NULL OR age > 7) ORDER BY sym, day LIMIT 1

-- name: bars_converted
-- Bars in the dataset's one currency.
SELECT * EXCLUDE (series, rate, age) REPLACE (
  open * coalesce(rate, 1) AS open, high * coalesce(rate, 1) AS high, low * coalesce(rate, 1) AS low,
  close * coalesce(rate, 1) AS close
)
FROM next_rated
ORDER BY sym, {at}
