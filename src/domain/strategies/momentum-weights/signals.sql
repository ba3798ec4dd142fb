-- Momentum portfolio: every member that is strong enough may be held; the best scores are. Of a symbol without a
-- momentum yet nothing is said.
SELECT CASE
         WHEN NOT member.value THEN 0
         WHEN momentum.value IS NULL THEN NULL
         WHEN getvariable('floored') AND momentum.value <= getvariable('floor') THEN 0
         ELSE 1
       END AS weight,
       momentum.value AS score,
       atr.value AS atr
FROM {member} AS member POSITIONAL JOIN {momentum} AS momentum POSITIONAL JOIN {atr} AS atr
