-- Bars in (symbol, date) order, ready for streaming windows. `padding` empty rows stand before each symbol
-- (bar −padding … −1), so that a window of up to `padding` rows never reaches into the neighbour and no
-- feature needs a partition. Prices and volume stand beside their exact integers (`…_ticks`).
-- The source is stored in this order, so that its row ids number the bars and one sort is enough. `known` is
-- when a bar is, where the source says so.
-- reads: {source} · values: padding, price_scale, volume_scale
WITH spans AS (
  SELECT sym, min(rowid) AS first, row_number() OVER (ORDER BY sym) * getvariable('padding') AS shift
  FROM {source}
  GROUP BY sym
),
padded AS (
  SELECT (imported.rowid + shift)::INTEGER AS row, sym, (imported.rowid - first)::INTEGER AS bar,
         day, /* known */open, high, low, close, volume
  FROM {source} AS imported JOIN spans USING (sym)
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
