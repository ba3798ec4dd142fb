import type { MeasuredRun } from './measured.ts';
import { GeometricMean } from './sample.ts';
import { tradeReturn } from '../trade-figures.ts';
import type { Ratio } from '../units.ts';

/** Sums over the trades of one side, or of both. Only a closed trade has won or lost. */
export interface Tally {
  readonly side: 'all' | 'long' | 'short';
  readonly trades: number;
  readonly open: number;
  readonly openNet: number;
  readonly closed: number;
  readonly wins: number;
  readonly losses: number;
  /** Money after costs of all closed trades, of the winners, and of the losers (≤ 0); sd with n − 1. */
  readonly net: number;
  readonly won: number;
  readonly lost: number;
  readonly netDeviation: number;
  /** The same of returns: net ÷ (quantity × entry price). */
  readonly returned: Ratio;
  readonly returnWon: Ratio;
  readonly returnLost: Ratio;
  readonly best: Ratio;
  readonly worst: Ratio;
  /** Geometric mean of the returns; 0 where one lost everything. */
  readonly geometric: Ratio;
  readonly bars: number;
  readonly days: Lengths;
  readonly sessions: Lengths;
  readonly mae: Ratio;
  readonly worstMae: Ratio;
  readonly mfe: Ratio;
  readonly bestMfe: Ratio;
}

/** Sums of how long closed trades were held: entry to exit. */
export interface Lengths {
  all: number;
  won: number;
  lost: number;
  longest: number;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

export function tallyOf(
  { trades, timeOf }: Pick<MeasuredRun, 'trades' | 'timeOf'>,
  side: Tally['side'],
): Tally {
  const sums = nothing(side);
  const root = new GeometricMean();
  for (let i = 0; i < trades.length; i++) {
    if (side !== 'all' && trades.side[i]! > 0 !== (side === 'long')) continue;
    const net = trades.net[i]!;
    sums.trades++;
    if (trades.reason[i]! < 0) {
      sums.open++;
      sums.openNet += net;
      continue;
    }
    const returned = tradeReturn(trades, i);
    sums.closed++;
    sums.net += net;
    sums.returned += returned;
    if (net > 0) {
      sums.wins++;
      sums.won += net;
      sums.returnWon += returned;
    } else if (net < 0) {
      sums.losses++;
      sums.lost += net;
      sums.returnLost += returned;
    }
    sums.best = Math.max(sums.best, returned);
    sums.worst = Math.min(sums.worst, returned);
    root.add(returned);
    sums.bars += trades.bars[i]!;
    lengthen(sums.days, timeOf(trades.exitRow[i]!) - timeOf(trades.entryRow[i]!), net);
    lengthen(sums.sessions, trades.exitStep[i]! - trades.entryStep[i]!, net);
    sums.mae += trades.mae[i]!;
    sums.mfe += trades.mfe[i]!;
    sums.worstMae = Math.min(sums.worstMae, trades.mae[i]!);
    sums.bestMfe = Math.max(sums.bestMfe, trades.mfe[i]!);
  }
  sums.geometric = root.mean(sums.closed);
  sums.netDeviation = deviationOfNet(trades, sums);
  return sums;
}

function lengthen(lengths: Lengths, length: number, net: number): void {
  lengths.all += length;
  if (net > 0) lengths.won += length;
  else if (net < 0) lengths.lost += length;
  lengths.longest = Math.max(lengths.longest, length);
}

function deviationOfNet(trades: MeasuredRun['trades'], { side, net, closed }: Tally): number {
  const mean = net / closed;
  let squares = 0;
  for (let i = 0; i < trades.length; i++) {
    if (trades.reason[i]! < 0) continue;
    if (side !== 'all' && trades.side[i]! > 0 !== (side === 'long')) continue;
    const distance = trades.net[i]! - mean;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (closed - 1));
}

const lengths = (): Lengths => ({ all: 0, won: 0, lost: 0, longest: 0 });

const nothing = (side: Tally['side']): Mutable<Tally> => ({
  side,
  trades: 0,
  open: 0,
  openNet: 0,
  closed: 0,
  wins: 0,
  losses: 0,
  net: 0,
  won: 0,
  lost: 0,
  netDeviation: 0,
  returned: 0,
  returnWon: 0,
  returnLost: 0,
  best: -Infinity,
  worst: Infinity,
  geometric: 0,
  bars: 0,
  days: lengths(),
  sessions: lengths(),
  mae: 0,
  worstMae: 0,
  mfe: 0,
  bestMfe: 0,
});
