-- The first row of bars that cannot stand, with its field and fault.
WITH judged AS (
  SELECT row, coalesce(
    fault(sym IS NULL, 'name', 'There is no symbol here.'),
    day_fault(day, 'date'),
    price_fault(open, 'open'), price_fault(high, 'high'), price_fault(low, 'low'), price_fault(close, 'close'),
    price_fault(adjusted, 'adjusted'),
    fault(high < low, 'high', 'The high is below the low.'),
    fault(NOT isfinite(volume), 'volume', 'This is not a volume.'),
    fault(volume < 0, 'volume', 'Volume must not be negative.')
  ) AS fault
  FROM next_bars
)
SELECT row, fault.field AS field, fault.problem AS problem FROM judged WHERE fault IS NOT NULL ORDER BY row LIMIT 1
