-- The names of symbols and series as the files write them.
SELECT DISTINCT role, name FROM import_rows WHERE NOT is_nameless(name)
