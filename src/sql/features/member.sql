-- Whether the symbol belongs to the universe on the bar's date: from ≤ date < to.
-- reads: universe (sym, from_day, to_day)
SELECT EXISTS (
  SELECT 1 FROM universe
  WHERE universe.sym = bars.sym AND bars.day >= universe.from_day AND bars.day < universe.to_day
) AS value
FROM bars
ORDER BY bars.row
