-- How many of the range's sessions lack each input of the G-Score.
SELECT count(*)::INTEGER AS sessions,
       count(*) FILTER (vix IS NULL)::INTEGER AS vix,
       count(*) FILTER (index_return IS NULL)::INTEGER AS index,
       count(*) FILTER (oil_return IS NULL)::INTEGER AS oil
FROM {g_score}
WHERE day BETWEEN getvariable('from_day') AND getvariable('to_day')
