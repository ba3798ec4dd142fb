-- name: row_counts
-- For each file: rows of data, and how many more rows it has that are empty, and the first record of those.
SELECT file, count(*) FILTER (NOT is_empty)::INTEGER AS kept, count(*) FILTER (is_empty)::INTEGER AS empty,
       (min(record) FILTER (is_empty))::INTEGER AS first_empty
FROM import_files LEFT JOIN import_cells USING (file)
GROUP BY file
ORDER BY file

-- name: file_spans
-- First and last date of each file; null where it has none.
SELECT file, min(day)::INTEGER AS first_day, max(day)::INTEGER AS last_day
FROM import_files
LEFT JOIN import_rows AS rows USING (file)
LEFT JOIN import_styles AS styles USING (file)
LEFT JOIN import_days AS days ON days.text = rows.date AND days.format = styles.date_format
GROUP BY file
ORDER BY file

-- name: numbered
-- The first row of each file of bars in which every row has a name and a date of its own: many such rows, or names that
-- count them.
SELECT min(row)::INTEGER AS row
FROM (SELECT row, file, name, date, TRY_CAST(name AS BIGINT) AS number FROM import_rows WHERE role = 'bars')
GROUP BY file
HAVING count(DISTINCT name) = count(*) AND count(DISTINCT date) = count(*)
   AND (count(*) > 20 OR (count(*) > 2 AND count(number) = count(*) AND max(number) - min(number) = count(*) - 1))
ORDER BY row

-- name: names
-- The names of symbols and series as the files write them.
SELECT DISTINCT role, name FROM import_rows WHERE NOT is_nameless(name)

-- name: commas
-- For each file with a comma in a number: how many of its numbers can only have a decimal point, how many only
-- a decimal comma, how many have thousands and no mark at all, and the first that could have either. 1,234 and 1.234
-- alone tell nothing.
WITH files AS (
  SELECT DISTINCT file FROM import_rows
  WHERE contains(open, ',') OR contains(high, ',') OR contains(low, ',') OR contains(close, ',')
     OR contains(adjusted, ',') OR contains(volume, ',') OR contains(value, ',')
),
numbers AS (
  SELECT row, file, unnest(['open', 'high', 'low', 'close', 'adjusted', 'volume', 'value']) AS field,
         regexp_replace(unnest([open, high, low, close, adjusted, volume, value]), '[^0-9.,]', '', 'g') AS digits
  FROM import_rows SEMI JOIN files USING (file)
),
judged AS (
  SELECT *,
    regexp_matches(digits, '[.]([0-9]{0,2}|[0-9]{4,})$|^[0-9]{4,}[.][0-9]{3}$|^0?[.]|,[0-9]{2,3}[.,]') AS is_point,
    regexp_matches(digits, ',([0-9]{0,2}|[0-9]{4,})$|^[0-9]{4,},[0-9]{3}$|^0?,|[.][0-9]{3}[.,]') AS is_comma
  FROM numbers
)
SELECT file, count_if(is_point)::INTEGER AS points, count_if(is_comma)::INTEGER AS commas,
       count_if(regexp_full_match(digits, '[0-9]{4,}'))::INTEGER AS ungrouped,
       min(row) FILTER (contains(digits, ','))::INTEGER AS row,
       arg_min(field, row) FILTER (contains(digits, ',')) AS field
FROM judged
GROUP BY file
ORDER BY file

-- name: early
-- How many rows of a file are dated before a day, and the first of them.
SELECT count(*)::INTEGER AS rows, min(record)::INTEGER AS first_record
FROM import_rows JOIN import_styles USING (file) JOIN import_days ON text = date AND format = date_format
WHERE file = getvariable('file') AND day < getvariable('day')

-- name: without_early
DELETE FROM import_cells
WHERE file = getvariable('file') AND date IN (
  SELECT text FROM import_days JOIN import_styles ON format = date_format
  WHERE file = getvariable('file') AND day < getvariable('day')
)

-- name: first_fault
-- The first row that cannot stand, with its field and fault, and how many rows of its file share them.
WITH located AS (SELECT next_faults.*, file FROM next_faults JOIN import_cells ON import_cells.rowid = next_faults.row),
first AS (FROM located ORDER BY row LIMIT 1)
SELECT first.row, first.file, first.field, first.problem, count(*)::INTEGER AS rows
FROM located JOIN first USING (file, field, problem)
GROUP BY ALL

-- name: fault_days
-- Of the rows of a file that share a fault the last date, and the first date of a row after it.
WITH dated AS (
  SELECT next_faults.field = getvariable('field') AND next_faults.problem = getvariable('problem') AS is_faulty, day
  FROM import_rows AS rows
  JOIN import_styles USING (file)
  JOIN import_days ON text = date AND format = date_format
  LEFT JOIN next_faults USING (row)
  WHERE file = getvariable('file')
),
last AS (SELECT max(day) AS last_day FROM dated WHERE is_faulty)
SELECT last_day::INTEGER AS last_day, min(day)::INTEGER AS next_day
FROM last LEFT JOIN dated ON day > last_day
GROUP BY last_day

-- name: faulty
-- How many rows of each file cannot stand, and the first of them.
SELECT file, count(*)::INTEGER AS rows, min(record)::INTEGER AS first_record
FROM next_faults JOIN import_cells ON import_cells.rowid = next_faults.row
GROUP BY file
ORDER BY file

-- name: without_faulty
DELETE FROM import_cells WHERE file = getvariable('file') AND rowid IN (SELECT row FROM next_faults)
