-- How far the fast mean of the close stands above the slow one: fast ÷ slow − 1, a ratio; null where the slow one rounds
-- to zero.
SELECT fast.value / nullif(slow.value, 0) - 1 AS value
FROM {fast} AS fast POSITIONAL JOIN {slow} AS slow
