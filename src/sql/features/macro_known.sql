-- For each date that was the newest to be over when a bar was known, and each macro series: the newest value known by
-- then, and the values of its own earlier bars (`step` 1 is the bar before), as many as are asked for. A value counts from
-- its `available_day` on, in its newest vintage known then. Bars are numbered through all series, one after the other, so
-- that the newest of a series is a running maximum.
-- reads: macro (series, day, available_day, value) · values: index_steps, oil_steps
WITH numbered AS (
  SELECT series, day, available_day, value, dense_rank() OVER (ORDER BY series, day) AS number FROM macro
),
vintages AS (
  SELECT *, CASE WHEN lead(number) OVER vintage = number THEN lead(available_day) OVER vintage ELSE 2147483647 END AS next_day
  FROM numbered
  WINDOW vintage AS (ORDER BY number, available_day)
),
available AS (
  SELECT series, available_day, max(number) AS number FROM numbered GROUP BY ALL ORDER BY series, available_day
),
newest AS (
  SELECT series, available_day, max(number) OVER (ROWS UNBOUNDED PRECEDING) AS number FROM available
),
sessions AS (SELECT DISTINCT {over} AS day FROM bars),
asked AS (
  SELECT sessions.day, newest.series, newest.number,
         CASE newest.series WHEN 'INDEX' THEN getvariable('index_steps') WHEN 'OIL' THEN getvariable('oil_steps') ELSE 0 END AS steps
  FROM (SELECT day, series FROM sessions, (SELECT DISTINCT series FROM macro)) AS sessions
  ASOF JOIN newest ON newest.series = sessions.series AND sessions.day >= newest.available_day
),
points AS (SELECT day, series, unnest(range(0, steps + 1)) AS step, number - step AS number FROM asked)
SELECT points.day, points.series, points.step, vintages.value, points.day - vintages.day AS age
FROM points JOIN vintages
  ON vintages.series = points.series AND vintages.number = points.number
  AND points.day >= vintages.available_day AND points.day < vintages.next_day
