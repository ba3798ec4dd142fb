-- Bars in (symbol, date) order, ready for streaming windows. `padding` empty rows stand before each symbol
-- (bar −padding … −1), so that a window of up to `padding` rows never reaches into the neighbour and no
-- feature needs a partition. Prices and volume stand beside their exact integers (`…_ticks`).
-- reads: imported_bars · values: padding, price_scale, volume_scale
WITH numbered AS (
  SELECT sym, (row_number() OVER (PARTITION BY sym ORDER BY day) - 1)::INTEGER AS bar, day,
         open, high, low, close, volume
  FROM imported_bars
),
padded AS (
  SELECT * FROM numbered
  UNION ALL BY NAME
  SELECT sym, -offsets.i::INTEGER AS bar
  FROM (SELECT DISTINCT sym FROM imported_bars), range(1, getvariable('padding') + 1) AS offsets(i)
)
SELECT (row_number() OVER (ORDER BY sym, bar) - 1)::INTEGER AS row, sym, bar, day, open, high, low, close, volume,
       round(high * getvariable('price_scale'))::BIGINT AS high_ticks,
       round(low * getvariable('price_scale'))::BIGINT AS low_ticks,
       round(close * getvariable('price_scale'))::BIGINT AS close_ticks,
       round(volume * getvariable('volume_scale'))::BIGINT AS volume_ticks
FROM padded
ORDER BY sym, bar
