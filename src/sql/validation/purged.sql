-- Folds' training windows less their purge: the one that is given, or (−1) the longest holding time of all trades that
-- ended inside the window, which may take at most half of it.
-- reads: folds (fold, train_from, train_to), trial_trades (entry_session, exit_session) · values: purge
WITH held AS (
  SELECT fold, max(exit_session - entry_session + 1) AS longest
  FROM folds JOIN trial_trades ON entry_session >= train_from AND exit_session <= train_to
  WHERE getvariable('purge') < 0
  GROUP BY fold
),
sized AS (
  SELECT folds.*,
         CASE
           WHEN getvariable('purge') >= 0 THEN getvariable('purge')
           ELSE least(coalesce(longest, 0), (train_to - train_from + 1) // 2)
         END AS purge
  FROM folds LEFT JOIN held USING (fold)
)
SELECT fold, train_from, (train_to - purge)::INTEGER AS train_to, purge::INTEGER AS purge
FROM sized
ORDER BY fold
