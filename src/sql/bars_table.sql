-- The table that bars.sql fills. What windows sum are integers, exact: prices and volumes times a scale (`…_ticks`), made
-- of them whenever they are read, since they would take twice the room that bars do.
-- values in place: price_scale, volume_scale
CREATE OR REPLACE TABLE {table} (
  row INTEGER,
  sym INTEGER,
  bar INTEGER,
  day INTEGER,
  /* known */
  open DOUBLE,
  high DOUBLE,
  low DOUBLE,
  close DOUBLE,
  volume DOUBLE,
  high_ticks BIGINT AS (round(high * price_scale)::BIGINT),
  low_ticks BIGINT AS (round(low * price_scale)::BIGINT),
  close_ticks BIGINT AS (round(close * price_scale)::BIGINT),
  volume_ticks BIGINT AS (round(volume * volume_scale)::BIGINT)
)
