import type { QueryTable } from '../domain/query.ts';

interface Example {
  readonly title: string;
  readonly reads: readonly QueryTable[];
  readonly text: string;
}

export const queryExamples: readonly Example[] = [
  {
    title: 'Largest moves',
    reads: ['bars'],
    text: `SELECT symbol, date, close / lag(close) OVER (PARTITION BY symbol ORDER BY date) - 1 AS change
FROM bars
QUALIFY change IS NOT NULL
ORDER BY abs(change) DESC
LIMIT 20`,
  },
  {
    title: 'Trades by exit reason',
    reads: ['trades'],
    text: `SELECT exit_reason, count(*) AS trades, avg(net) AS mean_net, sum(net) AS net
FROM trades
GROUP BY exit_reason
ORDER BY net`,
  },
  {
    title: 'Worst months',
    reads: ['equity'],
    text: `WITH months AS (
  SELECT date_trunc('month', date) AS month, arg_max(e.equity, date) AS last
  FROM equity AS e
  GROUP BY month
)
SELECT month, last / lag(last) OVER (ORDER BY month) - 1 AS change
FROM months
QUALIFY change IS NOT NULL
ORDER BY change
LIMIT 12`,
  },
  {
    title: 'Bars before the ten worst trades',
    reads: ['trades', 'bars'],
    text: `WITH worst AS (
  SELECT symbol, entry_date, net FROM trades ORDER BY net LIMIT 10
)
SELECT worst.net, worst.entry_date, bars.*
FROM worst JOIN bars ON bars.symbol = worst.symbol
  AND bars.date BETWEEN worst.entry_date - 14 AND worst.entry_date - 1
ORDER BY net, bars.symbol, date`,
  },
  {
    title: 'Equity beside buy & hold',
    reads: ['equity'],
    text: `SELECT date, equity, buy_and_hold, equity - buy_and_hold AS ahead
FROM equity
ORDER BY date`,
  },
  {
    title: 'Best trials',
    reads: ['trials'],
    text: `FROM trials ORDER BY sharpe DESC LIMIT 20`,
  },
  {
    title: 'Folds that lost',
    reads: ['folds'],
    text: `FROM folds WHERE return_out < 0 ORDER BY return_out`,
  },
];
