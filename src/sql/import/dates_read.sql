-- How many of a file's dates the format in `date_format` reads.
SELECT count(parse_day(date))::INTEGER AS parsed, count(*) FILTER (NOT is_blank(date))::INTEGER AS present
FROM (SELECT DISTINCT date FROM staged)
