-- Attention as known at each bar: the newest value whose period had ended when the bar was known (as-of join).
-- `stale` once that value has been known for more than `stale_after_daily` days (`stale_after_weekly` where its
-- period is a week); true before the first one.
-- reads: attention (sym, day, known_day, value) · values: attention_scale, stale_after_daily, stale_after_weekly
SELECT round(attention.value * getvariable('attention_scale'))::BIGINT AS ticks,
       attention.value,
       coalesce(
         {today} - attention.known_day > CASE
           WHEN attention.known_day - attention.day < 7 THEN getvariable('stale_after_daily')
           ELSE getvariable('stale_after_weekly')
         END,
         true
       ) AS stale
FROM bars ASOF LEFT JOIN attention
  ON attention.sym = bars.sym AND {today} >= attention.known_day
ORDER BY bars.row
