-- A value is known from the end of its period: a day later, or seven where the symbol's data are weekly.
-- Without a neighbour to tell, seven, since known too late is harmless and known too early is not.
WITH gaps AS (
  SELECT sym, day - lag(day) OVER (PARTITION BY sym ORDER BY day) AS gap FROM next_attention
),
periods AS (SELECT sym, CASE WHEN quantile_disc(gap, 0.5) <= 3 THEN 1 ELSE 7 END AS period FROM gaps GROUP BY sym)
SELECT sym, day, (day + period)::INTEGER AS known_day, value FROM next_attention JOIN periods USING (sym) ORDER BY sym, day
