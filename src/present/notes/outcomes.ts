import type { Market } from '../../domain/market.ts';
import { rowsOf } from '../../domain/market.ts';
import { type Note, warning } from '../../domain/note.ts';
import {
  exitReasons,
  heldOf,
  type FilledSimulation,
  type OrderCounts,
  type Simulation,
} from '../../domain/run.ts';
import type { Day } from '../../domain/units.ts';
import { longSilence } from '../../domain/validation/survivorship.ts';
import { count, counted, date, decimal, money } from '../format.ts';
import { orderWords, shortList } from '../words.ts';

/** How what a strategy looks at lay to its threshold. */
export interface Charted {
  readonly label: string;
  readonly threshold: number;
  readonly above: number;
  readonly known: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Why nothing was entered: no signals, or what became of them. */
export function neverEntered(orders: OrderCounts, bars: number, charted: Charted | null): Note[] {
  if (orders.filled > 0) return [];
  if (orders.signals > 0)
    return [
      warning(
        `Never entered: ${counted(orders.signals, 'signal')}, none filled. ${outcomesOf(orders)}.`,
      ),
    ];
  return [
    warning(
      `Never entered: no signal on ${counted(bars, 'bar')}.${charted ? lies(charted, bars) : ''}`,
    ),
  ];
}

function outcomesOf(orders: OrderCounts): string {
  const { signals: _, filled: _filled, capped: _capped, ...causes } = orders;
  return Object.entries({ ...causes, held: heldOf(orders) })
    .filter(([, times]) => times > 0)
    .map(([cause, times]) => `${orderWords[cause as keyof OrderCounts]}: ${count(times)}`)
    .join(', ');
}

function lies({ label, threshold, above, known, low, high }: Charted, bars: number): string {
  if (known === 0 || low === null || high === null) return ` ${label} had no value on any.`;
  const others = above > 0 ? ' Other conditions kept those out.' : '';
  return ` ${label} was above ${decimal(threshold)} on ${count(above)} of ${count(bars)}, from ${decimal(low)} to ${decimal(high)}.${others}`;
}

/** Whole units that cost more than a position might be worth. */
export function tooDear({ tooDear: found = [] }: Simulation, { symbols, day }: Market): Note[] {
  const [first] = found;
  if (first === undefined) return [];
  const { symbol, row, unit, share } = first;
  const others = found.length - 1;
  return [
    warning(
      `One unit of ${symbols[symbol]} at ${money(unit)} on ${date(day[row])} is above the ${money(unit * share)} that the position could be worth: nothing was bought${others > 0 ? `; so it was with ${shortList(found.slice(1).map((one) => symbols[one.symbol]!))}` : ''}. Allow parts of units (size.whole), larger positions, or more cash.`,
    ),
  ];
}

/** Positions that were kept to the end at the last close of a symbol whose bars had ended long before. */
export function staleAtTheEnd(
  { trades, fills }: FilledSimulation,
  { symbols, day, close, listings, ...market }: Market,
  end: Day,
): Note[] {
  const atEnd = exitReasons.indexOf('end');
  const held = new Float64Array(trades.length);
  for (let i = 0; i < fills.length; i++) {
    // An exit at the end of the data leaves nothing: what counts is what it sold.
    const { [i]: after } = fills.held;
    held[fills.trade[i]!] = after === 0 ? fills.quantity[i]! : after!;
  }
  const worth = new Map<number, { readonly last: Day; readonly value: number }>();
  for (let i = 0; i < trades.length; i++) {
    const reason = trades.reason[i]!;
    if (reason >= 0 && reason !== atEnd) continue;
    const s = trades.symbol[i]!;
    let row = rowsOf({ symbols, day, close, ...market }, s)[1] - 1;
    while (day[row]! > end) row--;
    const last = day[row]!;
    const delisted = listings !== undefined && listings.delistedOn[s]! <= end;
    if (end - last <= longSilence || delisted) continue;
    const before = worth.get(s)?.value ?? 0;
    worth.set(s, { last, value: before + Math.abs(held[i]!) * close[row]! });
  }
  if (worth.size === 0) return [];
  const all = [...worth.values()].reduce((sum, { value }) => sum + value, 0);
  const named = [...worth].map(([s, { last }]) => `${symbols[s]} (${date(last)})`);
  return [
    warning(
      `Bars end long before the data do, and a position was held at the last close to the end: ${shortList(named)}, ${money(all)} in all. Give a universe file with the day on which ${worth.size === 1 ? 'it' : 'each'} ended and its delisting return.`,
    ),
  ];
}
