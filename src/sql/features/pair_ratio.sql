-- Close of symbol `sym_a` ÷ close of `sym_b` where both have a bar that is known at the same instant, one row each in order: `ticks` is the ratio
-- as an integer of 1e-12; null where the close of `sym_b` rounds to zero.
SELECT a.{known}, round(a.close_ticks / nullif(b.close_ticks, 0) * 1e12)::BIGINT AS ticks
FROM bars AS a JOIN bars AS b USING ({known})
WHERE a.sym = getvariable('sym_a') AND b.sym = getvariable('sym_b') AND a.bar >= 0 AND b.bar >= 0
ORDER BY a.{known}
