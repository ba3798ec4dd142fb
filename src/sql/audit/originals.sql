-- The imported tables under names that no replay shadows: they are asked for by their catalogue, which a temporary
-- table of the same name does not have.
CREATE OR REPLACE TEMP VIEW original_bars AS SELECT sym, day, /* instants */open, high, low, close, volume FROM lab.main.imported_bars;
CREATE OR REPLACE TEMP VIEW original_attention AS SELECT sym, day, known_day, value FROM lab.main.attention;
CREATE OR REPLACE TEMP VIEW original_macro AS SELECT series, day, available_day, value FROM lab.main.macro;
CREATE OR REPLACE TEMP VIEW original_universe AS
  SELECT sym, from_day, to_day, delisting_return, group_name FROM lab.main.universe;
