-- The sessions of a range, and those on which a symbol has a bar that is no member of the universe.
-- values: from_day, to_day
SELECT count(DISTINCT day)::INTEGER AS sessions,
       (count(DISTINCT day) FILTER (NOT member.value))::INTEGER AS outsiders
FROM bars POSITIONAL JOIN {member} AS member
WHERE day BETWEEN getvariable('from_day') AND getvariable('to_day')
