-- Which currency the files give each symbol, in their order.
SELECT trim(name) AS symbol, trim(currency) AS currency, min(row)::INTEGER AS row
FROM import_rows
WHERE role IN ('bars', 'universe') AND NOT is_blank(currency)
GROUP BY ALL
ORDER BY row
