-- For each file: rows of data, and how many more rows it has that are empty.
SELECT file, count(*) FILTER (NOT is_empty)::INTEGER AS kept, count(*) FILTER (is_empty)::INTEGER AS empty
FROM import_files LEFT JOIN import_cells USING (file)
GROUP BY file
ORDER BY file
