-- The bars that features read, in (symbol, time) order: a source's, which is stored in this order, with the number of each
-- among all (`row`) and within its symbol (`bar`), both from 0. What windows sum are integers, exact: prices and volumes
-- times a scale (`…_ticks`), made of them whenever they are read, since they would take twice the room that bars do.
-- No window has a partition, and what lag() finds may be another symbol's: a query that looks n rows back asks whether
-- `bar` is n or more.
-- reads: {database}.{source}, {database}.{numbers}, a row beside each · values in place: price_scale, volume_scale
SELECT source.rowid AS row, sym, bar, day, /* known */ open, high, low, close, volume,
       round(high * getvariable('price_scale'))::BIGINT AS high_ticks,
       round(low * getvariable('price_scale'))::BIGINT AS low_ticks,
       round(close * getvariable('price_scale'))::BIGINT AS close_ticks,
       round(volume * getvariable('volume_scale'))::BIGINT AS volume_ticks
FROM {database}.{source} AS source POSITIONAL JOIN {database}.{numbers} AS numbers
