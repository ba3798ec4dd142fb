-- The symbol's place by momentum among the universe's members with a bar on the same date: 1 is the strongest, ties go
-- by symbol order. Null for the others.
SELECT CASE WHEN ranked THEN
         row_number() OVER (PARTITION BY day, ranked ORDER BY ticks DESC, sym)
       END AS value
FROM (
  SELECT row, day, sym, momentum.ticks, member.value AND momentum.ticks IS NOT NULL AS ranked
  FROM bars POSITIONAL JOIN {momentum} AS momentum POSITIONAL JOIN {member} AS member
)
ORDER BY row
