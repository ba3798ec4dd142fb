import { yearOf } from '../../domain/calendar.ts';
import { exitReasons } from '../../domain/run.ts';
import { rMultiple, tradeReturn } from '../../domain/trade-figures.ts';
import { exitWords, openWord } from '../words.ts';
import { type Column, ofList, wordsOf } from './table.ts';
import type { TradeSource } from './trades.ts';

/** What trades are told apart by. */
export const tradeTraits = ['symbol', 'side', 'reason', 'year', 'result'] as const;
export type TradeTrait = (typeof tradeTraits)[number];

export const traitWords: Readonly<Record<TradeTrait, string>> = {
  symbol: 'Symbol',
  side: 'Side',
  reason: 'Exit reason',
  year: 'Year of exit',
  result: 'Result',
};

const isOpen = ({ trades }: TradeSource, i: number): boolean => trades.reason[i]! < 0;

const traits: Readonly<Record<TradeTrait, (source: TradeSource, trade: number) => string>> = {
  symbol: ({ trades, symbols }, i) => symbols[trades.symbol[i]!] ?? '',
  side: ({ trades }, i) => (trades.side[i]! > 0 ? 'Long' : 'Short'),
  reason: ({ trades }, i) => {
    const reason = exitReasons[trades.reason[i]!];
    return reason === undefined ? openWord : exitWords[reason];
  },
  year: (source, i) => (isOpen(source, i) ? openWord : String(yearOf(source.trades.exitDay[i]!))),
  result: (source, i) => {
    if (isOpen(source, i)) return openWord;
    const net = source.trades.net[i]!;
    return net > 0 ? 'Won' : net < 0 ? 'Lost' : 'Even';
  },
};

/** The values that trades have of each trait, in order. */
export function traitValues(source: TradeSource): Readonly<Record<TradeTrait, readonly string[]>> {
  return Object.fromEntries(
    tradeTraits.map((trait) => {
      const values = new Set<string>();
      for (let i = 0; i < source.trades.length; i++) values.add(traits[trait](source, i));
      return [trait, [...values].sort(byCodeUnits)];
    }),
  ) as Record<TradeTrait, string[]>;
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export type TradeFilter = Readonly<Partial<Record<TradeTrait, string>>>;

/** Numbers of the trades that have all these traits, and that `also` holds of. */
export function tradesWith(
  source: TradeSource,
  filter: TradeFilter,
  also: (trade: number) => boolean = () => true,
): Int32Array {
  const wanted = tradeTraits.filter((trait) => filter[trait] !== undefined);
  const found = new Int32Array(source.trades.length);
  let length = 0;
  for (let i = 0; i < source.trades.length; i++)
    if (also(i) && wanted.every((trait) => traits[trait](source, i) === filter[trait]))
      found[length++] = i;
  return found.subarray(0, length);
}

/** Sums over trades. Means are of closed ones, null where there are none. */
export interface TradeSums {
  readonly words: string;
  readonly trades: number;
  /** After costs, currency, with what is open at the end. */
  readonly net: number;
  readonly winRate: number | null;
  readonly meanReturn: number | null;
  /** Of those that had a stop. */
  readonly meanR: number | null;
}

export function sumsOf({ trades }: TradeSource, of: Int32Array, words: string): TradeSums {
  let [net, closed, wins, returned, risked, r] = [0, 0, 0, 0, 0, 0];
  for (const i of of) {
    net += trades.net[i]!;
    if (trades.reason[i]! < 0) continue;
    closed++;
    if (trades.net[i]! > 0) wins++;
    returned += tradeReturn(trades, i);
    const multiple = rMultiple(trades, i);
    if (multiple === null) continue;
    risked++;
    r += multiple;
  }
  const mean = (sum: number, n: number): number | null => (n > 0 ? sum / n : null);
  return {
    words,
    trades: of.length,
    net,
    winRate: mean(wins, closed),
    meanReturn: mean(returned, closed),
    meanR: mean(r, risked),
  };
}

/** The sums of each value of a trait, and at last of all. */
export function groupedBy(source: TradeSource, of: Int32Array, trait: TradeTrait): TradeSums[] {
  const groups = new Map<string, number[]>();
  for (const i of of) {
    const value = traits[trait](source, i);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [i]);
    else group.push(i);
  }
  const sums = [...groups]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([value, group]) => sumsOf(source, Int32Array.from(group), value));
  return [...sums, sumsOf(source, of, 'All shown')];
}

export const groupColumns = (trait: TradeTrait): readonly Column<readonly TradeSums[]>[] =>
  ofList<TradeSums>([
    { id: trait, title: traitWords[trait], unit: 'text', cell: ({ words }) => words },
    { id: 'trades', title: 'Trades', unit: 'count', cell: ({ trades }) => trades },
    { id: 'net', title: 'Net', unit: 'currency', cell: ({ net }) => net },
    { id: 'win_rate', title: 'Win rate', unit: 'percent', cell: ({ winRate }) => winRate },
    { id: 'mean_return', title: 'Mean return', unit: 'percent', cell: (one) => one.meanReturn },
    { id: 'mean_r', title: 'Mean R', unit: 'ratio', cell: ({ meanR }) => meanR },
  ]);

const means: ReadonlySet<string> = new Set(['return', 'r_multiple', 'mae', 'mfe', 'bars']);
const unsummed: ReadonlySet<string> = new Set(['cumulative', 'score']);

/** What stands below a column of these trades: the sum of money, the mean of shares; nothing where neither says anything. */
export function totalWords(
  column: Column<TradeSource>,
  source: TradeSource,
  of: Int32Array,
): string {
  const isMean = means.has(column.id);
  if (unsummed.has(column.id) || (!isMean && column.unit !== 'currency')) return '';
  let [sum, n] = [0, 0];
  for (const i of of) {
    const cell = column.cell(source, i);
    if (typeof cell !== 'number' || Number.isNaN(cell)) continue;
    sum += cell;
    n++;
  }
  const value = isMean ? (n > 0 ? sum / n : null) : sum;
  const words = wordsOf({ ...column, cell: () => value }, source, 0);
  return isMean && value !== null ? `mean ${words}` : words;
}
