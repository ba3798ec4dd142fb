-- How far the fast mean of the close stands above the slow one: fast ÷ slow − 1, a ratio.
SELECT fast.value / slow.value - 1 AS value
FROM {fast} AS fast POSITIONAL JOIN {slow} AS slow
