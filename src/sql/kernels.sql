-- Features by exact kernels (kernels/), which the engine answers chunk by chunk (workers/engines/kernels.ts): each gives
-- the bits of the file of its name in features/, which says what it means and what it takes. A kernel takes rows in
-- order, numbers below 2^53, and a DOUBLE for each argument; it refuses anything else, and that file serves.
-- A kernel stands by itself: what stands in a CASE sees only some of the rows.

-- name: atr_sma
SELECT kernel_range_sum(
  row::DOUBLE, bar::DOUBLE, high_ticks::DOUBLE, low_ticks::DOUBLE, close_ticks::DOUBLE, getvariable('period')::DOUBLE
)::BIGINT AS ticks
FROM bars

-- name: sma
SELECT kernel_sum(row::DOUBLE, bar::DOUBLE, close_ticks::DOUBLE, getvariable('period')::DOUBLE)::HUGEINT AS ticks
FROM bars

-- name: z_score
SELECT kernel_z_score(
  row::DOUBLE, bar::DOUBLE, {column}::DOUBLE, getvariable('window')::DOUBLE, getvariable('minimum')::DOUBLE
) AS value
FROM {rows} POSITIONAL JOIN {series}

-- name: crowd_reactivity
WITH ratios AS (
  SELECT row, bar,
         CASE WHEN bar > 0 THEN close_ticks / nullif(lag(close_ticks) OVER (), 0) END AS price,
         CASE WHEN bar > 0 THEN ticks / nullif(lag(ticks) OVER (), 0) END AS crowd
  FROM bars POSITIONAL JOIN {attention}
)
SELECT kernel_correlation(
  row::DOUBLE, bar::DOUBLE, round(price * 1e12), round(crowd * 1e12),
  getvariable('window')::DOUBLE, getvariable('minimum_pairs')::DOUBLE
) AS value
FROM ratios

-- name: smoothed
WITH steps AS (
  SELECT row, bar - (getvariable('first') + getvariable('period') - 1) AS step, {column} AS x
  FROM bars POSITIONAL JOIN {series}
)
SELECT kernel_smoothed(
  row::DOUBLE, step::DOUBLE, x::DOUBLE, power(getvariable('keep'), greatest(step, 0) % 64 + 1),
  getvariable('period')::DOUBLE, getvariable('keep')::DOUBLE,
  power(getvariable('keep'), 2), power(getvariable('keep'), 4), power(getvariable('keep'), 8),
  power(getvariable('keep'), 16), power(getvariable('keep'), 32), power(getvariable('keep'), 64)
) AS value
FROM steps

-- name: highest
SELECT kernel_highest(
  row::DOUBLE, bar::DOUBLE, {column},
  (1 + getvariable('step_1') + getvariable('step_2') + getvariable('step_3') + getvariable('step_4'))::DOUBLE,
  getvariable('period')::DOUBLE
) AS value
FROM bars POSITIONAL JOIN {series}

-- name: lowest
SELECT -kernel_highest(
  row::DOUBLE, bar::DOUBLE, -{column},
  (1 + getvariable('step_1') + getvariable('step_2') + getvariable('step_3') + getvariable('step_4'))::DOUBLE,
  getvariable('period')::DOUBLE
) AS value
FROM bars POSITIONAL JOIN {series}
