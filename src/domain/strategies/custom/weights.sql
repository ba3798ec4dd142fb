-- Target weights in the user's own words. `said` has what the expressions yield at each bar; what is null is not said.
-- `unknown` has a bit for each of them that is null beyond its warm-up; the score counts where there is a weight. Who is
-- no member is not held.
WITH /* said */,
spoken AS (
  SELECT weight, score, rebalance,
         CASE WHEN weight_unknown THEN 1 ELSE 0 END
         + CASE WHEN weight <> 0 AND score_unknown THEN 2 ELSE 0 END
         + CASE WHEN rebalance_unknown THEN 4 ELSE 0 END AS unknown
  FROM said
  ORDER BY row
)
SELECT CASE WHEN member.value THEN weight ELSE 0 END AS weight,
       score::DOUBLE AS score,
       rebalance,
       atr.value AS atr,
       unknown
FROM spoken POSITIONAL JOIN {atr} AS atr POSITIONAL JOIN {member} AS member
