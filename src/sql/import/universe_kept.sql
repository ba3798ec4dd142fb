-- The spells that are kept.
SELECT sym, from_day, to_day, delisting_return FROM next_universe
