-- name: days
-- What each date text says in each format that can read it; no other format reads what ISO 8601 does. Formats with YYYY
-- read years of two digits as years below 100, which fall out; those with YY take them for 1970 to 2069.
WITH texts AS (
  SELECT date AS text FROM import_rows UNION SELECT other_date FROM import_rows WHERE other_date IS NOT NULL
),
plain AS (SELECT text, day_text(text) AS day FROM texts WHERE NOT is_blank(text)),
iso AS (
  SELECT text, 'YYYY-MM-DD' AS format, TRY_CAST(day AS DATE) AS date
  FROM plain WHERE regexp_full_match(day, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}')
),
readings AS (
  SELECT text,
    CASE WHEN regexp_full_match(day, '[0-9]{8}([0-9]{2}|[0-9]{4}|[0-9]{6})?') THEN try_strptime(left(day, 8), '%Y%m%d')::DATE END AS "YYYYMMDD",
    try_strptime(day, '%Y/%m/%d')::DATE AS "YYYY/MM/DD",
    try_strptime(day, '%Y.%m.%d')::DATE AS "YYYY.MM.DD",
    try_strptime(day, '%d.%m.%Y')::DATE AS "DD.MM.YYYY",
    try_strptime(day, '%d/%m/%Y')::DATE AS "DD/MM/YYYY",
    try_strptime(day, '%m/%d/%Y')::DATE AS "MM/DD/YYYY",
    try_strptime(day, '%d-%m-%Y')::DATE AS "DD-MM-YYYY",
    try_strptime(day, '%m-%d-%Y')::DATE AS "MM-DD-YYYY",
    coalesce(try_strptime(day, '%d-%b-%Y'), try_strptime(day, '%d-%B-%Y'))::DATE AS "DD-Mon-YYYY",
    coalesce(try_strptime(day, '%d %b %Y'), try_strptime(day, '%d %B %Y'))::DATE AS "DD Mon YYYY",
    coalesce(try_strptime(day, '%b %d, %Y'), try_strptime(day, '%B %d, %Y'))::DATE AS "Mon DD, YYYY",
    coalesce(try_strptime(day, '%b %d %Y'), try_strptime(day, '%B %d %Y'))::DATE AS "Mon DD YYYY",
    two_digits(day, '%d.%m.%y') AS "DD.MM.YY",
    two_digits(day, '%d/%m/%y') AS "DD/MM/YY",
    two_digits(day, '%m/%d/%y') AS "MM/DD/YY",
    two_digits(day, '%d-%m-%y') AS "DD-MM-YY",
    two_digits(day, '%m-%d-%y') AS "MM-DD-YY",
    coalesce(two_digits(day, '%d-%b-%y'), two_digits(day, '%d %b %y')) AS "DD-Mon-YY",
    two_digits(day, '%b %d, %y') AS "Mon DD, YY",
    CASE WHEN regexp_full_match(day, '[0-9]{9,10}([.][0-9]*)?') THEN make_timestamp(split_part(day, '.', 1)::BIGINT * 1000000)::DATE END AS "seconds",
    CASE WHEN regexp_full_match(day, '[0-9]{12,13}') THEN make_timestamp(day::BIGINT * 1000)::DATE END AS "milliseconds",
    CASE WHEN regexp_full_match(day, '[0-9]{15,16}') THEN make_timestamp(day::BIGINT)::DATE END AS "microseconds",
    CASE WHEN regexp_full_match(day, '[0-9]{18,19}') THEN make_timestamp(day::BIGINT // 1000)::DATE END AS "nanoseconds"
  FROM plain ANTI JOIN iso USING (text)
)
SELECT text, format, day_number(date) AS day
FROM (FROM iso UNION ALL FROM (UNPIVOT readings ON * EXCLUDE (text) INTO NAME format VALUE date))
WHERE year(date) BETWEEN 1000 AND 9999

-- name: dates_read
-- For each file: how many of its dates each format reads, and how many dates it has.
WITH dates AS (
  SELECT file, date AS text FROM import_rows WHERE NOT is_blank(date)
  UNION ALL
  SELECT file, other_date FROM import_rows WHERE other_date IS NOT NULL AND NOT is_blank(other_date)
),
present AS (SELECT file, count(*)::INTEGER AS present FROM dates GROUP BY file)
SELECT file, format, count(*)::INTEGER AS parsed, present
FROM dates JOIN import_days USING (text) JOIN present USING (file)
GROUP BY file, format, present
ORDER BY file
