-- Close of symbol `sym_a` ÷ close of `sym_b` where both have a bar that is known at the same instant, one row each in order: `ticks` is the ratio
-- as an integer of 1e-12, `row` and `bar` their number from 0; null where the close of `sym_b` rounds to zero.
WITH ratios AS (
  SELECT a.{known}, round(a.close_ticks / nullif(b.close_ticks, 0) * 1e12)::BIGINT AS ticks
  FROM bars AS a JOIN bars AS b USING ({known})
  WHERE a.sym = getvariable('sym_a') AND b.sym = getvariable('sym_b')
)
SELECT row_number() OVER (ORDER BY {known}) - 1 AS row, row AS bar, {known}, ticks
FROM ratios
ORDER BY {known}
