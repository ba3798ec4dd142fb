-- A strategy in the user's own words. `said` has what the expressions yield at each bar; what is null is not said.
WITH /* said */,
spoken AS (
  SELECT said.entry, said.exit, said.side, said.score, said.sizeFactor
  FROM bars LEFT JOIN said USING (row)
  ORDER BY bars.row
)
SELECT CASE
         WHEN NOT (member.value AND coalesce(entry, false)) THEN 0
         WHEN side > 0 THEN 1
         WHEN side < 0 THEN -1
         ELSE 0
       END AS side,
       CASE WHEN exit THEN 3 ELSE 0 END AS exit,
       score::DOUBLE AS score,
       atr.value AS atr,
       CASE WHEN sizeFactor > 0 AND isfinite(sizeFactor::DOUBLE) THEN sizeFactor ELSE 0 END AS size_factor
FROM spoken POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
