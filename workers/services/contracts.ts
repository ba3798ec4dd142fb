import { type Contracts, type Market, rowsOf } from '../../src/domain/market.ts';
import type { Day, Days, Prices, Ratios } from '../../src/domain/units.ts';
import type { Engine } from '../engines/engine.ts';
import { float64, int32, texts } from './columns.ts';

/** What the instruments and events files say, as columns; NaN, and '' in texts, where they say nothing. */
export interface Terms {
  /** In symbol order, each symbol once. */
  readonly instruments: {
    readonly sym: Int32Array;
    readonly multiplier: Float64Array;
    readonly tick: Prices;
    readonly lot: Float64Array;
    readonly margin: Float64Array;
    readonly exchange: readonly string[];
  };
  /** In (symbol, ex-date) order. */
  readonly events: {
    readonly sym: Int32Array;
    readonly day: Days;
    readonly dividend: Prices;
    readonly split: Ratios;
  };
}

const orNaN = (name: string): string => `coalesce(${name}, 'NaN'::DOUBLE) AS ${name}`;

export async function readTerms(engine: Engine): Promise<Terms> {
  const instruments = await engine.query(
    `SELECT sym, ${['multiplier', 'tick', 'lot', 'margin'].map(orNaN).join(', ')}, coalesce(exchange, '') AS exchange
     FROM instruments ORDER BY sym`,
  );
  const events = await engine.query(
    `SELECT sym, day, ${['dividend', 'split'].map(orNaN).join(', ')} FROM events ORDER BY sym, day`,
  );
  return {
    instruments: {
      sym: int32(instruments, 'sym'),
      multiplier: float64(instruments, 'multiplier'),
      tick: float64(instruments, 'tick'),
      lot: float64(instruments, 'lot'),
      margin: float64(instruments, 'margin'),
      exchange: texts(instruments, 'exchange'),
    },
    events: {
      sym: int32(events, 'sym'),
      day: int32(events, 'day'),
      dividend: float64(events, 'dividend'),
      split: float64(events, 'split'),
    },
  };
}

/** Whether there is anything in them. */
const isSaid = ({ instruments, events }: Terms): boolean =>
  instruments.sym.length + events.sym.length > 0;

/** A market with what these terms say of it; events after `until` are not known yet. */
export function withContracts(market: Market, terms: Terms, until: Day = Infinity): Market {
  return isSaid(terms) ? { ...market, contracts: contractsOf(market, terms, until) } : market;
}

function contractsOf(market: Market, { instruments, events }: Terms, until: Day): Contracts {
  const { symbols, day } = market;
  const nothing = (): Float64Array<ArrayBuffer> =>
    new Float64Array(symbols.length).fill(Number.NaN);
  const contracts = {
    multiplier: nothing().fill(1),
    tick: nothing(),
    lot: nothing(),
    margin: nothing(),
  };
  for (const [i, sym] of instruments.sym.entries()) {
    const multiplier = instruments.multiplier[i]!;
    contracts.multiplier[sym] = Number.isNaN(multiplier) ? 1 : multiplier;
    for (const name of ['tick', 'lot', 'margin'] as const)
      contracts[name][sym] = instruments[name][i]!;
  }

  let splits: Float64Array | null = null;
  let dividend: Float64Array | null = null;
  // Where an event stands in its symbol, and what the splits before it come to.
  let [row, factor] = [0, 1];
  for (const [i, sym] of events.sym.entries()) {
    const [first, end] = rowsOf(market, sym);
    if (events.sym[i - 1] !== sym) [row, factor] = [first, 1];
    const exDay = events.day[i]!;
    if (exDay > until) continue;
    // An ex-date without a bar counts at the next one.
    while (row < end && day[row]! < exDay) row++;
    // Nobody can hold before the first bar, and after the last one nobody is told.
    if (row === first || row === end) continue;
    const split = events.split[i]!;
    if (!Number.isNaN(split)) {
      factor *= split;
      splits ??= new Float64Array(day.length).fill(1);
      splits.fill(factor, row, end);
    }
    const paid = events.dividend[i]!;
    if (Number.isNaN(paid)) continue;
    dividend ??= new Float64Array(day.length);
    // A dividend is per share after the splits up to its own date.
    dividend[row]! += paid * factor;
  }
  return { ...contracts, splits, dividend };
}
