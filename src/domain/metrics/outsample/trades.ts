import type { Facts } from '../facts.ts';
import { entry } from '../finding.ts';
import type { Tally } from '../tally.ts';
import { kellyOf, of, ofClosed, ofLosers, ofWinners, profitFactorOf, sqnOf } from './closed.ts';

/** How often and how well positions were taken. Only a closed trade has won or lost. */
export function tradeEntries({ all }: Pick<Facts, 'all'>) {
  const perTrade = 'its profit after costs ÷ its value at entry (quantity × entry price)';
  const net = 'net the profit of a closed trade after costs';
  const t = `t the return of a closed trade, ${perTrade}`;
  return {
    trades: entry(
      'Trades',
      'count',
      'Positions entered, those open at the end included.',
      'number of trades',
      all.trades,
    ),
    'closed-trades': entry(
      'Closed trades',
      'count',
      'Positions entered and left again.',
      'number of trades with an exit',
      all.closed,
    ),
    'open-trades': entry(
      'Open at the end',
      'count',
      'Trades still open at the last close, marked at it.',
      'number of trades without an exit',
      all.open,
    ),
    'open-profit': entry(
      'Open profit',
      'currency',
      'Profit of the trades still open, at the last close and after the costs so far.',
      'Σ net of open trades',
      all.openNet,
    ),
    'win-rate': entry(
      'Win rate',
      'percent',
      'Share of closed trades with a profit after costs.',
      'closed trades with net > 0 ÷ closed trades',
      ofClosed(all, (closed) => all.wins / closed),
    ),
    'best-trade': entry('Best trade', 'percent', `The highest ${t}.`, 'max(t)', of(all, 'best')),
    'worst-trade': entry('Worst trade', 'percent', `The lowest ${t}.`, 'min(t)', of(all, 'worst')),
    'average-trade': entry(
      'Average trade',
      'percent',
      `Mean return of closed trades; a trade’s is ${perTrade}.`,
      'mean(t)',
      ofClosed(all, (closed) => all.returned / closed),
    ),
    'average-winning-trade': entry(
      'Average winning trade',
      'percent',
      `Mean return of closed trades that won; a trade’s is ${perTrade}.`,
      'mean(t where net > 0)',
      ofWinners(all, (wins) => all.returnWon / wins),
    ),
    'average-losing-trade': entry(
      'Average losing trade',
      'percent',
      `Mean return of closed trades that lost; a trade’s is ${perTrade}.`,
      'mean(t where net < 0)',
      ofLosers(all, (losses) => all.returnLost / losses),
    ),
    'profit-factor': entry(
      'Profit factor',
      'ratio',
      'Money won ÷ money lost, over closed trades, after costs.',
      'Σ net where net > 0 ÷ |Σ net where net < 0|',
      profitFactorOf(all, all.won, all.lost),
    ),
    'profit-factor-percent': entry(
      'Profit factor, of returns',
      'ratio',
      `Sum of the positive ÷ sum of the negative returns of closed trades; a trade’s is ${perTrade}.`,
      'Σ t where t > 0 ÷ |Σ t where t < 0|',
      profitFactorOf(all, all.returnWon, all.returnLost),
    ),
    expectancy: entry(
      'Expectancy',
      'currency',
      'Mean profit of a closed trade after costs.',
      'mean(net)',
      ofClosed(all, (closed) => all.net / closed),
    ),
    'expectancy-percent': entry(
      'Expectancy, of returns',
      'percent',
      `Mean return of a closed trade: ${perTrade}.`,
      'mean(t)',
      ofClosed(all, (closed) => all.returned / closed),
    ),
    'payoff-ratio': entry(
      'Payoff ratio',
      'ratio',
      `Mean profit of the winners ÷ mean loss of the losers, in money; ${net}.`,
      'mean(net where net > 0) ÷ |mean(net where net < 0)|',
      ofLosers(all, (losses) => ofWinners(all, (wins) => all.won / wins / (-all.lost / losses))),
    ),
    sqn: entry(
      'System quality number',
      'ratio',
      `Van Tharp’s: root of the number of closed trades × their mean profit ÷ its standard deviation (n − 1); ${net}.`,
      '√n × mean(net) ÷ sd(net)',
      sqnOf(all),
    ),
    kelly: entry(
      'Kelly criterion',
      'ratio',
      'Share of the account that Kelly’s rule would stake on such trades: W − (1 − W) ÷ payoff ratio, W the win rate. Below 0: none.',
      'W − (1 − W) ÷ payoff ratio',
      kellyOf(all),
    ),
    'longest-trade': entry(
      'Longest trade',
      'days',
      'Most calendar days from entry to exit of a closed trade.',
      'max(exit day − entry day)',
      ofClosed(all, () => all.days.longest),
    ),
    'average-trade-duration': entry(
      'Average trade duration',
      'days',
      'Mean calendar days from entry to exit of closed trades.',
      'mean(exit day − entry day)',
      ofClosed(all, (closed) => all.days.all / closed),
    ),
    'average-winning-trade-duration': entry(
      'Average duration of winners',
      'days',
      'Mean calendar days from entry to exit of closed trades that won.',
      'mean(exit day − entry day where net > 0)',
      ofWinners(all, (wins) => all.days.won / wins),
    ),
    'average-losing-trade-duration': entry(
      'Average duration of losers',
      'days',
      'Mean calendar days from entry to exit of closed trades that lost.',
      'mean(exit day − entry day where net < 0)',
      ofLosers(all, (losses) => all.days.lost / losses),
    ),
    'average-bars': entry(
      'Average bars held',
      'bars',
      'Mean number of bars of closed trades, the entry bar being the first.',
      'mean(bars)',
      ofClosed(all, (closed) => all.bars / closed),
    ),
    ...excursionEntries(all),
  };
}

/** How far prices went against and in favour of closed trades while they were held. */
const excursionEntries = (all: Tally) => ({
  'average-mae': entry(
    'Average adverse excursion',
    'percent',
    'Mean over closed trades of the furthest move against them while held, as a share of the entry price (MAE).',
    'mean(MAE)',
    ofClosed(all, (closed) => all.mae / closed),
  ),
  'worst-mae': entry(
    'Worst adverse excursion',
    'percent',
    'The furthest that prices went against a closed trade while it was held, as a share of its entry price (MAE).',
    'min(MAE)',
    ofClosed(all, () => all.worstMae),
  ),
  'average-mfe': entry(
    'Average favourable excursion',
    'percent',
    'Mean over closed trades of the furthest move in their favour while held, as a share of the entry price (MFE).',
    'mean(MFE)',
    ofClosed(all, (closed) => all.mfe / closed),
  ),
  'best-mfe': entry(
    'Best favourable excursion',
    'percent',
    'The furthest that prices went in favour of a closed trade while it was held, as a share of its entry price (MFE).',
    'max(MFE)',
    ofClosed(all, () => all.bestMfe),
  ),
});
