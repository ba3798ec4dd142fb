-- For each date that was the newest to be over when a bar was known, and each macro series: the newest value known by
-- then, and the values of its own earlier bars (`step` 1 is the bar before). A value counts from its `available_day` on, in its newest vintage known then.
-- reads: macro (series, day, available_day, value) · values: steps
WITH ordered AS (
  SELECT series, day, available_day, value, dense_rank() OVER (PARTITION BY series ORDER BY day) AS k
  FROM macro
),
newest AS (
  SELECT series, available_day, max(max(k)) OVER (PARTITION BY series ORDER BY available_day) AS k
  FROM ordered
  GROUP BY series, available_day
),
sessions AS (SELECT DISTINCT {over} AS day FROM bars WHERE bar >= 0),
asked AS (
  SELECT sessions.day, newest.series, newest.k
  FROM (SELECT day, series FROM sessions, (SELECT DISTINCT series FROM macro)) AS sessions
  ASOF JOIN newest ON newest.series = sessions.series AND sessions.day >= newest.available_day
),
points AS (
  SELECT day, series, steps.i AS step, k - steps.i AS k FROM asked, range(0, getvariable('steps') + 1) AS steps(i)
)
SELECT points.day, points.series, points.step, ordered.value, points.day - ordered.day AS age
FROM points ASOF JOIN ordered
  ON ordered.series = points.series AND ordered.k = points.k AND points.day >= ordered.available_day
