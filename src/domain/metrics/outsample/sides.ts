import type { Facts } from '../facts.ts';
import { type Entry, entry } from '../finding.ts';
import type { Tally } from '../tally.ts';
import { ofClosed, profitFactorOf } from './closed.ts';

/** The same measures of long and of short trades alone. */
export const longEntries = ({ long }: Facts) => sideEntries(long, 'long');
export const shortEntries = ({ short }: Facts) => sideEntries(short, 'short');

type Measure = 'trades' | 'win-rate' | 'profit' | 'average-trade' | 'profit-factor' | 'expectancy';

function sideEntries<Side extends 'long' | 'short'>(tally: Tally, side: Side) {
  const name = side === 'long' ? 'Long' : 'Short';
  const entries: Record<Measure, Entry> = {
    trades: entry(
      `${name} trades`,
      'count',
      `Positions entered ${side}, those open at the end included.`,
      `number of ${side} trades`,
      tally.trades,
    ),
    'win-rate': entry(
      `${name} win rate`,
      'percent',
      `Share of closed ${side} trades with a profit after costs.`,
      `closed ${side} trades with net > 0 ÷ closed ${side} trades`,
      ofClosed(tally, (closed) => tally.wins / closed),
    ),
    profit: entry(
      `${name} profit`,
      'currency',
      `Profit of all closed ${side} trades after costs.`,
      `Σ net of closed ${side} trades`,
      ofClosed(tally, () => tally.net),
    ),
    'average-trade': entry(
      `${name} average trade`,
      'percent',
      `Mean return of closed ${side} trades: profit after costs ÷ value at entry.`,
      `mean(net ÷ (quantity × entry price)) of closed ${side} trades`,
      ofClosed(tally, (closed) => tally.returned / closed),
    ),
    'profit-factor': entry(
      `${name} profit factor`,
      'ratio',
      `Money won ÷ money lost, over closed ${side} trades, after costs.`,
      `Σ net where net > 0 ÷ |Σ net where net < 0|, ${side} trades`,
      profitFactorOf(tally, tally.won, tally.lost),
    ),
    expectancy: entry(
      `${name} expectancy`,
      'currency',
      `Mean profit of a closed ${side} trade after costs.`,
      `mean(net) of closed ${side} trades`,
      ofClosed(tally, (closed) => tally.net / closed),
    ),
  };
  return Object.fromEntries(
    Object.entries(entries).map(([measure, one]) => [`${side}-${measure}`, one]),
  ) as Record<`${Side}-${Measure}`, Entry>;
}
