-- The new dataset in place of the one before, all of it or none.
BEGIN TRANSACTION;
DROP TABLE IF EXISTS symbols;
DROP TABLE IF EXISTS imported_bars;
DROP TABLE IF EXISTS attention;
DROP TABLE IF EXISTS macro;
DROP TABLE IF EXISTS universe;
ALTER TABLE next_symbols RENAME TO symbols;
ALTER TABLE next_bars RENAME TO imported_bars;
ALTER TABLE next_attention RENAME TO attention;
ALTER TABLE next_macro RENAME TO macro;
ALTER TABLE next_universe RENAME TO universe;
COMMIT;
