-- The z-score of a pair's ratio beside the bars of both legs: `value` for `sym_a`, its negative for `sym_b`, so that
-- positive means dear. Null for other symbols and where only one leg has a bar.
SELECT CASE bars.sym WHEN getvariable('sym_a') THEN pair.value WHEN getvariable('sym_b') THEN -pair.value END AS value
FROM bars LEFT JOIN (
  SELECT {known}, z.value FROM {pair_ratio} POSITIONAL JOIN {z} AS z
) AS pair USING ({known})
ORDER BY bars.row
