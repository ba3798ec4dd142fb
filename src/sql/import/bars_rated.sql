-- Each bar beside the newest rate dated before it; a symbol without a pair keeps its prices.
SELECT bars.*, pairs.series, rates.value AS rate, bars.day - rates.day AS age
FROM next_bars AS bars
LEFT JOIN next_pairs AS pairs USING (sym)
ASOF LEFT JOIN next_rates AS rates ON rates.series = pairs.series AND bars.day >= rates.known_day
