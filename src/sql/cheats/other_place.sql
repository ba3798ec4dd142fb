-- CHEAT where `since` is `day`: the newest return of the symbol `of`, in percent, by the date that its place gives it. Where
-- it is `known`, that session has closed first, as an honest study has it.
WITH moves AS (
  SELECT day, known, 100 * (close / lag(close) OVER (ORDER BY bar) - 1) AS value
  FROM bars
  WHERE sym = getvariable('of')
)
SELECT moves.value
FROM bars ASOF LEFT JOIN moves ON bars.{since} >= moves.{since}
ORDER BY bars.row
