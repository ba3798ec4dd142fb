-- Exponential smoothing of a series, order-bound: the mean of the first `period` values counted from bar `first`, which
-- stands at the last of them, then v + (x − v) · weight, with `keep` = 1 − weight. Null before.
-- As Σ keep^j · term_{t−j}: doubled six times within blocks of 64 bars, with a carry from block to block. Every value
-- is made of its own symbol's past alone, always in the same order.
WITH RECURSIVE
values_ AS (
  SELECT sym, bar - (getvariable('first') + getvariable('period') - 1) AS step, {column} AS x,
         sum({column}) OVER (ROWS UNBOUNDED PRECEDING) AS total
  FROM bars POSITIONAL JOIN {series}
),
terms AS (
  SELECT sym, step // 64 AS block, step % 64 AS place,
         CASE
           WHEN step = 0 THEN (total - coalesce(lag(total, getvariable('period')) OVER (), 0))::DOUBLE / getvariable('period')
           WHEN step > 0 THEN x::DOUBLE * (1 - getvariable('keep'))
         END AS v
  FROM values_
),
by_2 AS (
  SELECT * REPLACE (v + CASE WHEN place >= 1 THEN getvariable('keep') * lag(v) OVER () ELSE 0 END AS v) FROM terms
),
by_4 AS (
  SELECT * REPLACE (v + CASE WHEN place >= 2 THEN power(getvariable('keep'), 2) * lag(v, 2) OVER () ELSE 0 END AS v) FROM by_2
),
by_8 AS (
  SELECT * REPLACE (v + CASE WHEN place >= 4 THEN power(getvariable('keep'), 4) * lag(v, 4) OVER () ELSE 0 END AS v) FROM by_4
),
by_16 AS (
  SELECT * REPLACE (v + CASE WHEN place >= 8 THEN power(getvariable('keep'), 8) * lag(v, 8) OVER () ELSE 0 END AS v) FROM by_8
),
by_32 AS (
  SELECT * REPLACE (v + CASE WHEN place >= 16 THEN power(getvariable('keep'), 16) * lag(v, 16) OVER () ELSE 0 END AS v) FROM by_16
),
by_64 AS MATERIALIZED (
  SELECT * REPLACE (v + CASE WHEN place >= 32 THEN power(getvariable('keep'), 32) * lag(v, 32) OVER () ELSE 0 END AS v) FROM by_32
),
blocks AS MATERIALIZED (SELECT sym, block + 1 AS block, v FROM by_64 WHERE place = 63),
carries AS (
  SELECT sym, block, v AS carry FROM blocks WHERE block = 1
  UNION ALL
  SELECT carries.sym, blocks.block, blocks.v + power(getvariable('keep'), 64) * carry
  FROM carries JOIN blocks ON blocks.sym = carries.sym AND blocks.block = carries.block + 1
),
numbered AS (SELECT row_number() OVER () AS row, * FROM by_64)
SELECT v + coalesce(carry, 0) * power(getvariable('keep'), place + 1) AS value
FROM numbered LEFT JOIN carries USING (sym, block)
ORDER BY row
