-- The rows of a table under the symbol numbers of next_parts, each by its date.
SELECT rows.* REPLACE (parts.part AS sym)
FROM {rows} AS rows JOIN next_parts AS parts
  ON parts.sym = rows.sym AND rows.{day} >= parts.first_day AND rows.{day} < parts.end_day
ORDER BY parts.part, rows.{day}
