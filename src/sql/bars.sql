-- Bars in (symbol, date) order, ready for streaming windows. `padding` empty rows stand before each symbol
-- (bar −padding … −1), so that a window of up to `padding` rows never reaches into the neighbour and no
-- feature needs a partition. For the table of bars_table.sql.
-- The source is stored in this order, and its row ids number the bars: it is gone through once, nothing is sorted, and
-- a symbol's first row comes `padding` times more. Where bars have instants, `known` is theirs.
-- reads: {source} · values: from_sym, to_sym (the symbols of this part), before (how many symbols come before them),
-- padding
WITH firsts AS (
  SELECT *, rowid AS place, sym IS DISTINCT FROM lag(sym) OVER () AS is_first
  FROM {source}
  WHERE sym BETWEEN getvariable('from_sym') AND getvariable('to_sym')
),
spans AS (
  SELECT *,
         max(CASE WHEN is_first THEN place END) OVER (ROWS UNBOUNDED PRECEDING) AS first,
         (getvariable('before') + count(*) FILTER (is_first) OVER (ROWS UNBOUNDED PRECEDING)) * getvariable('padding') AS shift
  FROM firsts
),
padded AS (
  SELECT *, place - first + unnest(CASE WHEN is_first THEN range(-getvariable('padding'), 1) ELSE [0] END) AS bar
  FROM spans
)
SELECT (first + shift + bar)::INTEGER AS row, sym, bar::INTEGER AS bar,
       CASE WHEN bar >= 0 THEN day END AS day,
       /* known */
       CASE WHEN bar >= 0 THEN open END AS open,
       CASE WHEN bar >= 0 THEN high END AS high,
       CASE WHEN bar >= 0 THEN low END AS low,
       CASE WHEN bar >= 0 THEN close END AS close,
       CASE WHEN bar >= 0 THEN volume END AS volume
FROM padded
