-- Whether a bar is its symbol's first of a month or an ISO week (`unit`): the bar before lies in another. A symbol's
-- very first bar is none, for it may stand in the middle.
WITH periods AS (
  SELECT bar,
         CASE getvariable('unit')
           WHEN 'week' THEN floor((day + 3) / 7)
           ELSE date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + day)
         END AS number
  FROM bars
)
SELECT bar > 0 AND coalesce(number <> lag(number) OVER (), false) AS value
FROM periods
