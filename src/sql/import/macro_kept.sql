-- The macro values that are kept.
SELECT series, day, available_day, value FROM next_macro
