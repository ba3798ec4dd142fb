-- G-Score of each date of macro_known, macro risk 0–3: a point for VIX above `vix_above`, one for an index return below
-- `index_fall`, one for an oil return above `oil_rise`; each counts its weight, 1 by default. A missing input is null
-- and scores 0. The sum is rounded to nine decimals, so that weights that add up to 2 reach 2. The stand-in for
-- VIX, where allowed, is the index's sd (n − 1) of its last 14 simple returns × √N × 100. N is 252, or as many bars as the
-- index has a year where the 14 take more than 35 days.
-- values: index_bars, oil_bars, maximum_age, vix_stand_in, thresholds, weights
WITH fresh AS (
  SELECT day, series, step, value, age
  FROM {macro_known}
  SEMI JOIN (SELECT day, series FROM {macro_known} WHERE step = 0 AND age <= getvariable('maximum_age'))
  USING (day, series)
),
returns AS (
  SELECT now.day, round((now.value / nullif(before.value, 0) - 1) * 1e12)::BIGINT AS r, before.age - now.age AS days
  FROM fresh AS now JOIN fresh AS before USING (day, series)
  WHERE series = 'INDEX' AND before.step = now.step + 1 AND now.step < 14
),
stand_in AS (
  SELECT day, sqrt((count(r) * sum(r::HUGEINT * r) - sum(r) * sum(r))::DOUBLE / (14 * 13)) / 1e12
           * sqrt(CASE WHEN sum(days) > 35 THEN 14 * 365.25 / sum(days) ELSE 252 END) * 100 AS vix
  FROM returns
  GROUP BY day
  HAVING count(r) = 14
),
inputs AS (
  SELECT day,
         max(value) FILTER (series = 'VIX' AND step = 0) AS quoted_vix,
         max(value) FILTER (series = 'INDEX' AND step = 0)
           / max(value) FILTER (series = 'INDEX' AND step = getvariable('index_bars')) - 1 AS index_return,
         max(value) FILTER (series = 'OIL' AND step = 0)
           / nullif(max(value) FILTER (series = 'OIL' AND step = getvariable('oil_bars')), 0) - 1 AS oil_return
  FROM fresh
  GROUP BY day
),
sessions AS (SELECT DISTINCT {over} AS day FROM bars),
complete AS (
  SELECT day,
         CASE WHEN isfinite(index_return) THEN index_return END AS index_return,
         CASE WHEN isfinite(oil_return) THEN oil_return END AS oil_return,
         coalesce(quoted_vix, CASE WHEN getvariable('vix_stand_in') THEN stand_in.vix END) AS vix
  FROM sessions LEFT JOIN inputs USING (day) LEFT JOIN stand_in USING (day)
),
pointed AS (
  SELECT *,
         coalesce(vix > getvariable('vix_above'), false)::DOUBLE AS vix_point,
         coalesce(index_return < getvariable('index_fall'), false)::DOUBLE AS index_point,
         coalesce(oil_return > getvariable('oil_rise'), false)::DOUBLE AS oil_point
  FROM complete
),
weighed AS (
  SELECT *, round(getvariable('vix_weight') * vix_point + getvariable('index_weight') * index_point
                  + getvariable('oil_weight') * oil_point, 9) AS value
  FROM pointed
)
SELECT day, vix, index_return, oil_return, vix_point, index_point, oil_point,
       CASE WHEN isfinite(value) THEN value END AS value
FROM weighed
ORDER BY day
