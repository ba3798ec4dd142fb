-- The same for every member; who has left is not held.
SELECT member.value::INTEGER AS weight,
       NULL AS score,
       atr.value AS atr
FROM {member} AS member POSITIONAL JOIN {atr} AS atr
