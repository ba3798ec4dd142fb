-- The table of a mean over `period` bars, whose query gives the exact sum, `ticks`. The mean, in price units, is made
-- whenever it is read: kept, it would take as much room again.
-- values in place: period, price_scale
CREATE OR REPLACE TABLE {table} (
  ticks /* sum */,
  value DOUBLE AS (ticks::DOUBLE / (getvariable('period') * getvariable('price_scale')))
)
