-- The spells that are kept.
SELECT sym, from_day, to_day, delisting_return, group_name FROM next_universe
