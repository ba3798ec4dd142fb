-- How a column lies to its threshold over the bars of a range: above it, known at all, and from where to where.
-- values: from_day, to_day, threshold
SELECT (count(*) FILTER (charted.{column} > getvariable('threshold')))::INTEGER AS above,
       count(charted.{column})::INTEGER AS known,
       min(charted.{column}) AS low,
       max(charted.{column}) AS high
FROM bars POSITIONAL JOIN {charted} AS charted
WHERE day BETWEEN getvariable('from_day') AND getvariable('to_day')
