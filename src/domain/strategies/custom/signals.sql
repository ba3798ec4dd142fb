-- A strategy in the user's own words. `said` has what the expressions yield at each bar; what is null is not said.
-- `unknown` has a bit for each of them that is null beyond its warm-up; side, score and size count where a bar enters.
WITH /* said */,
spoken AS (
  SELECT entry, exit, side, score, sizeFactor,
         CASE WHEN entry_unknown THEN 1 ELSE 0 END
         + CASE WHEN exit_unknown THEN 2 ELSE 0 END
         + CASE WHEN entry AND side_unknown THEN 4 ELSE 0 END
         + CASE WHEN entry AND score_unknown THEN 8 ELSE 0 END
         + CASE WHEN entry AND sizeFactor_unknown THEN 16 ELSE 0 END AS unknown
  FROM said
  ORDER BY row
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
       CASE WHEN sizeFactor > 0 AND isfinite(sizeFactor::DOUBLE) THEN sizeFactor ELSE 0 END AS size_factor,
       unknown
FROM spoken POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
