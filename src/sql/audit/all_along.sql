-- The universe as who takes today's list for the past has it: the chosen symbols, members on every day, never delisted
-- (2932896 is 9999-12-31).
-- reads: original_universe, original_bars, chosen_symbols
SELECT sym, (SELECT min(day) FROM original_bars) AS from_day, 2932896 AS to_day, NULL::DOUBLE AS delisting_return,
       max(group_name) AS group_name
FROM original_universe SEMI JOIN chosen_symbols USING (sym)
GROUP BY sym
ORDER BY sym
