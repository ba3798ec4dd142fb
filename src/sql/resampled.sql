-- Bars of a longer length, in (symbol, opens) order, made of those that are given. Lengths of time begin at the
-- session's open, or where its break ends, and end with its hours; before and after these they are counted from
-- the open and the close. A bar is known when its time is over, whether or not its last part traded; one that is not
-- over when the data end is none. A session of all hours is over with its date, or when the next one opens; a date that
-- has bars and no session, when the next one opens.
-- reads: imported_bars, session_times (place, day, opens, closes, break_from, break_to, over), symbol_places (sym, place)
-- values: length ('given', 'time', 'session', 'week', 'month'), seconds, regular
WITH /* given */,
periods AS (
  SELECT DISTINCT day, CASE getvariable('length')
                         WHEN 'week' THEN floor((day + 3) / 7)::INTEGER
                         WHEN 'month' THEN date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + day)::INTEGER
                         ELSE day
                       END AS period
  FROM (SELECT day FROM session_times UNION SELECT day FROM given)
),
closed AS (
  SELECT DISTINCT place, day FROM given JOIN symbol_places USING (sym) ANTI JOIN session_times USING (place, day)
),
ends AS (
  SELECT place, day, closes, over FROM session_times
  UNION ALL
  SELECT closed.place, closed.day, NULL, next.opens
  FROM closed ASOF JOIN session_times AS next ON next.place = closed.place AND closed.day < next.day
),
ended AS (
  SELECT place, period, max(CASE WHEN getvariable('regular') THEN closes ELSE over END) AS closes
  FROM ends JOIN periods USING (day)
  GROUP BY place, period
),
placed AS (
  SELECT bars.*, places.place, sessions.opens AS session_opens, sessions.closes, break_from, break_to,
         periods.period,
         CASE WHEN sessions.day IS NULL THEN 'closed'
              WHEN bars.opens < sessions.opens THEN 'before'
              WHEN bars.opens >= sessions.closes THEN 'after'
              WHEN bars.opens >= break_to THEN 'second'
              WHEN bars.opens >= break_from THEN 'break'
              ELSE 'first' END AS part
  FROM given AS bars JOIN symbol_places AS places USING (sym) JOIN periods USING (day)
  LEFT JOIN session_times AS sessions ON sessions.place = places.place AND sessions.day = bars.day
),
counted AS (
  SELECT *,
         CASE part WHEN 'closed' THEN day * 86400 WHEN 'after' THEN closes WHEN 'second' THEN break_to
                   WHEN 'break' THEN break_from ELSE session_opens END AS start,
         CASE part WHEN 'before' THEN session_opens WHEN 'first' THEN coalesce(break_from, closes)
                   WHEN 'break' THEN break_to WHEN 'second' THEN closes END AS stop
  FROM placed
  WHERE NOT getvariable('regular') OR part IN ('first', 'second')
),
numbered AS (
  SELECT *,
         CASE getvariable('length') WHEN 'given' THEN row WHEN 'time' THEN floor((opens - start) / getvariable('seconds'))::BIGINT
                                    ELSE 0 END AS number,
         CASE WHEN getvariable('length') IN ('given', 'time') THEN day ELSE period END AS span,
         CASE WHEN getvariable('length') = 'time' THEN part ELSE '' END AS piece
  FROM counted
),
made AS (
  SELECT sym, any_value(place) AS place, max(day) AS day, min(opens) AS opens,
         greatest(max(known), CASE getvariable('length')
           WHEN 'given' THEN max(known)
           WHEN 'time' THEN least(min(start) + (min(number) + 1) * getvariable('seconds')::BIGINT, coalesce(min(stop), 9007199254740991))
           ELSE 0
         END) AS known,
         span,
         arg_min(open, row) AS open, max(high) AS high, min(low) AS low, arg_max(close, row) AS close, sum(volume) AS volume
  FROM numbered
  GROUP BY sym, span, piece, number
),
over AS (
  SELECT made.* REPLACE (
           CASE WHEN getvariable('length') IN ('session', 'week', 'month')
                THEN greatest(made.known, coalesce(ended.closes, 0)) ELSE made.known END AS known)
  FROM made LEFT JOIN ended ON ended.place = made.place AND ended.period = made.span
)
SELECT sym, day, opens::BIGINT AS opens, known::BIGINT AS known, open, high, low, close, volume
FROM over
WHERE known <= (SELECT max(known) FROM given)
ORDER BY sym, opens
