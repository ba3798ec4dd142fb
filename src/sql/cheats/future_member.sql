-- CHEAT: whether the symbol will belong to the universe `ahead` days later: the index's list of a later date.
SELECT EXISTS (
  SELECT 1 FROM universe
  WHERE universe.sym = bars.sym
    AND bars.day + getvariable('ahead') >= universe.from_day AND bars.day + getvariable('ahead') < universe.to_day
) AS value
FROM bars
ORDER BY bars.row
