-- The bars of some symbols only; they keep their numbers.
-- reads: original_bars, chosen_symbols
SELECT sym, day, /* instants */open, high, low, close, volume
FROM original_bars SEMI JOIN chosen_symbols USING (sym)
ORDER BY sym, day/* by instants */
