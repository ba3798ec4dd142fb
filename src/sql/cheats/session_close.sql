-- CHEAT where `since` is `begins`: the close of the newest session, from its date on, in percent of the bar's own close.
-- Where it is `over`, the session has closed first, `closes` seconds after midnight,
-- as an honest study has it.
-- values: closes
WITH sessions AS (
  SELECT sym, day * 86400 AS begins, day * 86400 + getvariable('closes') AS over, arg_max(close, known) AS close
  FROM bars
  GROUP BY sym, day
)
SELECT 100 * (sessions.close / bars.close - 1) AS value
FROM bars ASOF LEFT JOIN sessions ON sessions.sym = bars.sym AND bars.known >= sessions.{since}
ORDER BY bars.row
