-- How many values of each symbol a scale does not keep to twelve digits, where it keeps fewer than all.
-- reads: symbols, and a table with a column of values per symbol · values: scale
SELECT symbol, count(*)::INTEGER AS values
FROM {series} JOIN symbols USING (sym)
WHERE abs(round({column} * getvariable('scale')) / getvariable('scale') - {column}) > 1e-12 * abs({column})
GROUP BY symbol
ORDER BY symbol
