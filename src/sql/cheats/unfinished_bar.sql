-- CHEAT where `since` is `begins`: the close of the newest bar of `seconds`, from its label on, in percent of the bar's own
-- close. Where it is `over`, that bar's time is over first, as an honest study has it.
WITH longer AS (
  SELECT sym, number * getvariable('seconds') AS begins, (number + 1) * getvariable('seconds') AS over,
         arg_max(close, known) AS close
  FROM (SELECT *, (known - 1) // getvariable('seconds') AS number FROM bars)
  GROUP BY sym, number
)
SELECT 100 * (longer.close / bars.close - 1) AS value
FROM bars ASOF LEFT JOIN longer ON longer.sym = bars.sym AND bars.known >= longer.{since}
ORDER BY bars.row
