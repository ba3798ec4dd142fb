-- What an import works on: the cells that matter of all files, as text and in the files' order.
CREATE OR REPLACE TABLE import_cells (
  file INTEGER, record INTEGER, name VARCHAR, date VARCHAR, other_date VARCHAR,
  open VARCHAR, high VARCHAR, low VARCHAR, close VARCHAR, adjusted VARCHAR, volume VARCHAR, value VARCHAR,
  group_name VARCHAR, currency VARCHAR, is_empty BOOLEAN
);
CREATE OR REPLACE TABLE import_files (file INTEGER, role VARCHAR, adjusts BOOLEAN);
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
