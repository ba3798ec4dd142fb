-- The symbol's place by momentum among the universe's members with a bar known at the same instant: 1 is the strongest, ties go
-- by symbol order. Null for the others.
SELECT CASE WHEN ranked THEN
         row_number() OVER (PARTITION BY {known}, ranked ORDER BY ticks DESC, sym)
       END AS value
FROM (
  SELECT row, {known}, sym, momentum.ticks, member.value AND momentum.ticks IS NOT NULL AS ranked
  FROM bars POSITIONAL JOIN {momentum} AS momentum POSITIONAL JOIN {member} AS member
)
ORDER BY row
