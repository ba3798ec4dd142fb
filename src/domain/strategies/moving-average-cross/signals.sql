-- Moving-average cross: the fast mean stands above the slow one now and did not at the bar before (or below, and
-- did not). Sums × the other's length are compared, in integers. A bar on which either mean is the first of its symbol
-- is no cross; the slow one, of 2 bars at least, is never there on a symbol's first. A cross against a position ends it; where the other side may be entered, its signal does that.
-- All tables are joined before anything is computed: such rows are read side by side, and none is held.
WITH means AS (
  SELECT fast.ticks * getvariable('slow') AS fast, slow.ticks * getvariable('fast') AS slow,
         member.value AS is_member, gap.value AS gap, atr.value AS atr
  FROM {fast} AS fast POSITIONAL JOIN {slow} AS slow POSITIONAL JOIN {member} AS member
       POSITIONAL JOIN {gap} AS gap POSITIONAL JOIN {atr} AS atr
),
crosses AS (
  SELECT *,
         CASE
           WHEN fast > slow AND lag(fast) OVER () <= lag(slow) OVER () THEN 1
           WHEN fast < slow AND lag(fast) OVER () >= lag(slow) OVER () THEN -1
           ELSE 0
         END AS direction
  FROM means
),
signals AS (
  SELECT *,
         CASE
           WHEN is_member AND direction = 1 AND getvariable('sides') <> 'short' THEN 1
           WHEN is_member AND direction = -1 AND getvariable('sides') <> 'long' THEN -1
           ELSE 0
         END AS side
  FROM crosses
)
SELECT side,
       CASE WHEN side = 0 AND direction = -1 THEN 1 WHEN side = 0 AND direction = 1 THEN 2 ELSE 0 END AS exit,
       abs(gap) AS score,
       atr,
       1.0 AS size_factor
FROM signals
