-- For every fold the best trial by the objective inside its training ranges, in one pass over trials × folds.
-- A fold may have several ranges. Returns are excess returns as integers of 1e-12, so that sums are exact and a fold's
-- choice does not hang on what stands elsewhere in the table. A curve that was at or below zero inside a range has no
-- ratio. Trades count that begin and end inside one range; those that straddle an edge do not.
-- reads: training (fold, train_from, train_to), trial_curves (trial, session, equity; session −1 holds the initial cash;
-- each trial's rows in order), trial_trades (trial, entry_session, exit_session, net)
-- values: free (a session's risk-free return), year (sessions a year), objective, minimum_trades
WITH moves AS (
  SELECT trial, session, equity,
         CASE
           WHEN session < 0 OR equity <= 0 OR lag(equity, 1, 0.0) OVER () <= 0 THEN 0
           ELSE round((equity / lag(equity, 1, 0.0) OVER () - 1 - getvariable('free')) * 1e12)
         END::BIGINT AS excess
  FROM trial_curves
),
running AS (
  SELECT trial, session, equity,
         sum(excess) OVER total AS excess,
         sum(excess::HUGEINT * excess) OVER total AS squares,
         sum(CASE WHEN excess < 0 THEN excess::HUGEINT * excess ELSE 0 END) OVER total AS short,
         sum(CASE WHEN equity <= 0 THEN 1 ELSE 0 END) OVER total AS ruins
  FROM moves
  WINDOW total AS (ROWS UNBOUNDED PRECEDING)
),
edges AS (
  SELECT train_from - 1 AS session FROM training UNION SELECT train_to FROM training
),
at_edge AS (
  SELECT running.* FROM running WHERE session IN (SELECT session FROM edges)
),
slices AS (
  SELECT fold, before.trial,
         sum(after.session - before.session)::BIGINT AS n,
         sum(after.excess - before.excess) AS s,
         sum(after.squares - before.squares) AS q,
         sum(after.short - before.short) AS short,
         sum(after.ruins - before.ruins) + count(*) FILTER (before.equity <= 0) AS ruins,
         product(after.equity / before.equity) AS growth
  FROM training
       JOIN at_edge AS before ON before.session = train_from - 1
       JOIN at_edge AS after ON after.trial = before.trial AND after.session = train_to
  GROUP BY fold, before.trial
),
traded AS (
  SELECT fold, trial, count(*)::INTEGER AS trades,
         sum(CASE WHEN net > 0 THEN round(net * 1e6)::HUGEINT ELSE 0 END)::DOUBLE AS gains,
         sum(CASE WHEN net < 0 THEN round(-net * 1e6)::HUGEINT ELSE 0 END)::DOUBLE AS losses
  FROM training JOIN trial_trades ON entry_session >= train_from AND exit_session <= train_to
  GROUP BY fold, trial
),
measured AS (
  SELECT fold, trial, coalesce(trades, 0) AS trades,
         CASE WHEN ruins = 0 AND n > 1 AND n * q > s * s
           THEN s::DOUBLE / n / sqrt((n * q - s * s)::DOUBLE / (n::DOUBLE * (n - 1))) * sqrt(getvariable('year'))
         END AS sharpe,
         CASE WHEN ruins = 0 AND short > 0
           THEN s::DOUBLE / n / sqrt(short::DOUBLE / n) * sqrt(getvariable('year'))
         END AS sortino,
         CASE WHEN ruins = 0 THEN growth - 1 END AS total_return,
         CASE WHEN losses > 0 THEN gains / losses END AS profit_factor
  FROM slices LEFT JOIN traded USING (fold, trial)
),
ranked AS (
  SELECT *,
         CASE getvariable('objective')
           WHEN 'sharpe' THEN sharpe
           WHEN 'sortino' THEN sortino
           WHEN 'total-return' THEN total_return
           ELSE profit_factor
         END AS objective
  FROM measured
  WHERE trades >= getvariable('minimum_trades')
)
SELECT fold::INTEGER AS fold, trial::INTEGER AS trial, trades::INTEGER AS trades, sharpe, sortino, total_return, profit_factor
FROM ranked
WHERE objective IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY fold ORDER BY objective DESC, trial) = 1
ORDER BY fold
