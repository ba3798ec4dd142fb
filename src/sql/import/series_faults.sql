-- The first row of attention or macro values that cannot stand.
WITH judged AS (
  SELECT row, coalesce(
    fault(is_nameless, 'name', 'There is no name here.'),
    day_fault(day, 'date'),
    fault(NOT isfinite(value), 'value', 'This is not a number.'),
    fault(value < 0 AND getvariable('role') = 'attention', 'value', 'Attention must not be negative.'),
    day_fault(available_day, 'other_date'),
    fault(available_day < day, 'other_date', 'A value cannot be available before its own date.')
  ) AS fault
  FROM {series}
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL ORDER BY row LIMIT 1
