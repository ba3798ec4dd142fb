-- How many of the dates each format reads; the format is the one that reads them all.
-- values: formats (joined by |)
SELECT format, count(*) FILTER (parse_date_as(date, format) IS NOT NULL) AS parsed,
       count(*) FILTER (NOT is_blank(date)) AS present
FROM (SELECT DISTINCT date FROM staged), (SELECT unnest(string_split(getvariable('formats'), '|')) AS format)
GROUP BY format
