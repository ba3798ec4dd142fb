-- The first spell that cannot stand.
WITH judged AS (
  SELECT staged.*, coalesce(
    fault(is_blank(staged.symbol), 'symbol', 'There is no symbol here.'),
    fault(parsed.from_day IS NULL, 'from', 'This is not a date.'),
    fault(parsed.to_day IS NULL, 'to', 'This is not a date.'),
    fault(parsed.to_day <= parsed.from_day, 'to', 'The spell ends before it begins (to is the first day outside).'),
    fault(parsed.delisting_return IS NULL AND NOT is_blank(staged.delisting_return), 'delisting_return', 'This is not a number.')
  ) AS fault
  FROM staged POSITIONAL JOIN {parsed} AS parsed
)
SELECT record, fault.field AS field, fault.problem AS problem,
       CASE fault.field WHEN 'symbol' THEN symbol WHEN 'from' THEN "from" WHEN 'to' THEN "to" ELSE delisting_return END AS value
FROM judged
WHERE fault IS NOT NULL
ORDER BY record
LIMIT 1
