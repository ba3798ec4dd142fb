-- Tables of noise without a row, for worlds that have none: beside the originals they stand as nulls.
CREATE OR REPLACE TEMP TABLE noise_bars (
  noise_open DOUBLE, noise_high DOUBLE, noise_low DOUBLE, noise_close DOUBLE, noise_volume DOUBLE
);
CREATE OR REPLACE TEMP TABLE noise_attention (noise DOUBLE);
CREATE OR REPLACE TEMP TABLE noise_macro (noise DOUBLE);
CREATE OR REPLACE TEMP TABLE noise_universe (noise DOUBLE);
