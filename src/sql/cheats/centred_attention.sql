-- CHEAT: attention smoothed by a centred mean, three bars to either side: half of it is not known yet.
SELECT avg(attention.value) OVER (PARTITION BY bars.sym ORDER BY bars.bar ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS value
FROM bars POSITIONAL JOIN {attention} AS attention
ORDER BY bars.row
