-- name: tables
-- What an import works on: the cells that matter of all files, as text and in the files' order.
CREATE OR REPLACE TABLE import_cells (
  file INTEGER, record INTEGER, name VARCHAR, date VARCHAR, other_date VARCHAR,
  open VARCHAR, high VARCHAR, low VARCHAR, close VARCHAR, adjusted VARCHAR, volume VARCHAR, value VARCHAR,
  group_name VARCHAR, currency VARCHAR, is_empty BOOLEAN
);
-- The files, and the row of import_cells with which each begins; bars that were typed without it have rows beyond.
CREATE OR REPLACE TABLE import_files (file INTEGER, role VARCHAR, adjusts BOOLEAN, first_row BIGINT);
-- How each file writes dates and numbers.
CREATE OR REPLACE TABLE import_styles (file INTEGER, date_format VARCHAR, decimal_comma BOOLEAN);

-- Rows with data.
CREATE OR REPLACE VIEW import_rows AS
SELECT import_cells.rowid AS row, import_cells.*, role, adjusts
FROM import_cells JOIN import_files USING (file)
WHERE NOT is_empty;

-- The dataset to come; where no file has a role, its table stays empty.
CREATE OR REPLACE TABLE next_attention (sym INTEGER, day INTEGER, known_day INTEGER, value DOUBLE);
CREATE OR REPLACE TABLE next_macro (series VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE);
CREATE OR REPLACE TABLE next_universe (sym INTEGER, from_day INTEGER, to_day INTEGER, delisting_return DOUBLE, group_name VARCHAR);
CREATE OR REPLACE TABLE next_instruments (sym INTEGER, multiplier DOUBLE, tick DOUBLE, lot DOUBLE, margin DOUBLE, exchange VARCHAR);
CREATE OR REPLACE TABLE next_events (sym INTEGER, day INTEGER, dividend DOUBLE, split DOUBLE);

-- name: replace
-- The new dataset in place of the one before, all of it or none.
BEGIN TRANSACTION;
DROP TABLE IF EXISTS symbols;
DROP TABLE IF EXISTS imported_bars;
DROP TABLE IF EXISTS attention;
DROP TABLE IF EXISTS macro;
DROP TABLE IF EXISTS universe;
DROP TABLE IF EXISTS instruments;
DROP TABLE IF EXISTS events;
DROP TABLE IF EXISTS largest;
ALTER TABLE next_symbols RENAME TO symbols;
ALTER TABLE next_bars RENAME TO imported_bars;
ALTER TABLE next_attention RENAME TO attention;
ALTER TABLE next_macro RENAME TO macro;
ALTER TABLE next_universe RENAME TO universe;
ALTER TABLE next_instruments RENAME TO instruments;
ALTER TABLE next_events RENAME TO events;
ALTER TABLE next_largest RENAME TO largest;
COMMIT;

-- name: drop
DROP VIEW IF EXISTS import_rows;
DROP TABLE IF EXISTS import_cells;
DROP TABLE IF EXISTS import_files;
DROP TABLE IF EXISTS import_styles;
DROP TABLE IF EXISTS import_names;
DROP TABLE IF EXISTS import_days;
DROP TABLE IF EXISTS import_instants;
DROP TABLE IF EXISTS next_bars;
DROP TABLE IF EXISTS next_plain;
DROP TABLE IF EXISTS next_faults;
DROP TABLE IF EXISTS next_attention;
DROP TABLE IF EXISTS next_macro;
DROP TABLE IF EXISTS next_universe;
DROP TABLE IF EXISTS next_instruments;
DROP TABLE IF EXISTS next_events;
DROP TABLE IF EXISTS next_factors;
DROP TABLE IF EXISTS next_largest;
DROP TABLE IF EXISTS next_symbols;
DROP TABLE IF EXISTS next_parts;
DROP TABLE IF EXISTS next_quality;
DROP TABLE IF EXISTS next_repeats;
DROP TABLE IF EXISTS next_rates;
DROP TABLE IF EXISTS next_rated;
DROP TABLE IF EXISTS next_pairs;
