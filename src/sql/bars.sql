-- Bars in (symbol, date) order, ready for streaming windows. `padding` empty rows stand before each symbol
-- (bar −padding … −1), so that a window of up to `padding` rows never reaches into the neighbour and no
-- feature needs a partition. Prices and volume stand beside their exact integers (`…_ticks`).
-- imported_bars is stored in this order, so that its row ids number the bars and one sort is enough. Where bars have
-- instants, `known` is theirs.
-- reads: imported_bars · values: padding, price_scale, volume_scale
WITH spans AS (
  SELECT sym, min(rowid) AS first, row_number() OVER (ORDER BY sym) * getvariable('padding') AS shift
  FROM imported_bars
  GROUP BY sym
),
padded AS (
  SELECT (imported_bars.rowid + shift)::INTEGER AS row, sym, (imported_bars.rowid - first)::INTEGER AS bar,
         day, /* known */open, high, low, close, volume
  FROM imported_bars JOIN spans USING (sym)
  UNION ALL BY NAME
  SELECT (first + shift - offsets.i)::INTEGER AS row, sym, -offsets.i::INTEGER AS bar
  FROM spans, range(1, getvariable('padding') + 1) AS offsets(i)
)
SELECT row, sym, bar, day, /* known */open, high, low, close, volume,
       round(high * getvariable('price_scale'))::BIGINT AS high_ticks,
       round(low * getvariable('price_scale'))::BIGINT AS low_ticks,
       round(close * getvariable('price_scale'))::BIGINT AS close_ticks,
       round(volume * getvariable('volume_scale'))::BIGINT AS volume_ticks
FROM padded
ORDER BY row
