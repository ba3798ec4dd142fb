-- The first spell that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no symbol here.'),
    day_fault(from_day, 'date'),
    fault(to_day IS NULL, 'other_date', 'date'),
    fault(to_day <= from_day, 'other_date', 'The spell ends before it begins (to is the first day outside).'),
    fault(NOT isfinite(delisting_return), 'value', 'This is not a number.'),
    fault(delisting_return < -1, 'value', 'A return cannot be below −1, the loss of everything.')
  ) AS fault
  FROM next_universe
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL ORDER BY row LIMIT 1
