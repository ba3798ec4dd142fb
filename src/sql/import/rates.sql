-- Exchange rates among the macro values, each from the day after its own and not before it was available. A value
-- of an earlier day, revised late, does not come back over a later one.
SELECT series, day, value, greatest(day + 1, available_day) AS known_day
FROM next_macro SEMI JOIN next_pairs USING (series)
QUALIFY day = max(day) OVER (PARTITION BY series ORDER BY greatest(day + 1, available_day), day, available_day ROWS UNBOUNDED PRECEDING)
   AND row_number() OVER (PARTITION BY series, greatest(day + 1, available_day) ORDER BY day DESC, available_day DESC) = 1
ORDER BY series, known_day
