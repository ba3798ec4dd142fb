-- The first row of bars that cannot stand, with its field, text and fault.
WITH judged AS (
  SELECT staged.*, coalesce(
    fault(is_blank(staged.symbol), 'symbol', 'There is no symbol here.'),
    fault(parsed.day IS NULL, 'date', 'This is not a date.'),
    fault(parsed.open IS NULL, 'open', 'This is not a price.'),
    fault(parsed.high IS NULL, 'high', 'This is not a price.'),
    fault(parsed.low IS NULL, 'low', 'This is not a price.'),
    fault(parsed.close IS NULL, CASE WHEN getvariable('adjust') AND is_blank(staged.adjusted) THEN 'adjusted' ELSE 'close' END, 'This is not a price.'),
    fault(parsed.open <= 0, 'open', 'Prices must be above zero.'),
    fault(parsed.high <= 0, 'high', 'Prices must be above zero.'),
    fault(parsed.low <= 0, 'low', 'Prices must be above zero.'),
    fault(parsed.close <= 0, 'close', 'Prices must be above zero.'),
    fault(parsed.high < parsed.low, 'high', 'The high is below the low.'),
    fault(parsed.volume IS NULL AND NOT is_blank(staged.volume), 'volume', 'This is not a volume.'),
    fault(parsed.volume < 0, 'volume', 'Volume must not be negative.')
  ) AS fault
  FROM staged POSITIONAL JOIN {parsed} AS parsed
  WHERE NOT parsed.is_empty
)
SELECT record, fault.field AS field, fault.problem AS problem,
       CASE fault.field
         WHEN 'symbol' THEN symbol WHEN 'date' THEN date WHEN 'open' THEN open WHEN 'high' THEN high
         WHEN 'low' THEN low WHEN 'close' THEN close WHEN 'adjusted' THEN adjusted ELSE volume
       END AS value
FROM judged
WHERE fault IS NOT NULL
ORDER BY record
LIMIT 1
