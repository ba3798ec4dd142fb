-- The G-Score and its inputs beside the market's rows of some symbols; a missing input is NaN.
-- values: first_symbol, last_symbol
SELECT coalesce(g.vix, 'NaN'::DOUBLE) AS vix,
       coalesce(g.index_return, 'NaN'::DOUBLE) AS index_return,
       coalesce(g.oil_return, 'NaN'::DOUBLE) AS oil_return,
       coalesce(g.value, 0)::DOUBLE AS g_score
FROM bars LEFT JOIN {g_score} AS g ON g.day = {over}
WHERE bars.sym BETWEEN getvariable('first_symbol') AND getvariable('last_symbol')
ORDER BY bars.row
