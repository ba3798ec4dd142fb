-- The first row of attention or macro values that cannot stand.
WITH judged AS (
  SELECT staged.*, coalesce(
    fault(is_blank(staged.symbol), 'symbol', 'There is no name here.'),
    fault(parsed.day IS NULL, 'date', 'This is not a date.'),
    fault(parsed.value IS NULL, 'value', 'This is not a number.'),
    fault(parsed.value < 0 AND getvariable('not_negative'), 'value', 'Attention must not be negative.'),
    fault(parsed.available_day IS NULL, 'available', 'This is not a date.'),
    fault(parsed.available_day < parsed.day, 'available', 'A value cannot be available before its own date.')
  ) AS fault
  FROM staged POSITIONAL JOIN {parsed} AS parsed
  WHERE NOT parsed.is_empty
)
SELECT record, fault.field AS field, fault.problem AS problem,
       CASE fault.field WHEN 'symbol' THEN symbol WHEN 'date' THEN date WHEN 'value' THEN value ELSE available END AS value
FROM judged
WHERE fault IS NOT NULL
ORDER BY record
LIMIT 1
