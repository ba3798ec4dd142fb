-- The bars that are kept. Where the close is a bar's high or low, the scaled close is too, to the bit.
SELECT sym, day, scaled(open, close, adjusted) AS open, scaled(high, close, adjusted) AS high,
       scaled(low, close, adjusted) AS low, adjusted AS close, volume
FROM next_bars
