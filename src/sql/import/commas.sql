-- For each file with a comma in a number: how many of its numbers can only have a decimal point, how many only
-- a decimal comma, and the first that could have either. 1,234 and 1.234 alone tell nothing.
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
    regexp_matches(digits, '[.]([0-9]{0,2}|[0-9]{4,})$|^[0-9]{4,}[.][0-9]{3}$|^0?[.]|,[0-9]{3}[.,]') AS is_point,
    regexp_matches(digits, ',([0-9]{0,2}|[0-9]{4,})$|^[0-9]{4,},[0-9]{3}$|^0?,|[.][0-9]{3}[.,]') AS is_comma
  FROM numbers
)
SELECT file, count_if(is_point)::INTEGER AS points, count_if(is_comma)::INTEGER AS commas,
       min(row) FILTER (contains(digits, ','))::INTEGER AS row,
       arg_min(field, row) FILTER (contains(digits, ',')) AS field
FROM judged
GROUP BY file
ORDER BY file
