import { weekday } from '../../../src/domain/calendar.ts';
import type { Engine } from '../../engines/engine.ts';
import { int32s, putTable } from './tables.ts';

/** Bars in (symbol, date) order; NaN is no volume. */
interface Bars {
  readonly symbols: readonly string[];
  /** The number of a row. */
  readonly numberOf: (row: number) => number;
  readonly syms: Int32Array;
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly adjusted: Float64Array;
  readonly volume: Float64Array;
}

const counts = [
  'bars',
  'first_day',
  'last_day',
  'followed',
  'longest',
  'ones',
  'days',
  'weekends',
  'copied',
  'outside',
  'inverted',
  'same',
  'far',
  'zeros',
  'volumes',
] as const;

/** Measures bars as the query «quality» does (src/sql/import/quality.sql), which says what each count is, in one loop: next_quality. */
export function putQuality(engine: Engine, bars: Bars): void {
  const { symbols, numberOf, syms, days, open, high, low, close, adjusted, volume } = bars;
  const table = Object.fromEntries(
    counts.map((name) => [name, new Int32Array(symbols.length)]),
  ) as Record<(typeof counts)[number], Int32Array<ArrayBuffer>>;
  const firsts = {
    first_copied: symbols.map((): number | null => null),
    first_outside: symbols.map((): number | null => null),
  };
  const first = (of: (number | null)[], sym: number, row: number): void => {
    of[sym] = Math.min(of[sym] ?? row, row);
  };
  for (let i = 0; i < syms.length; i++) {
    const sym = syms[i]!;
    const o = open[i]!;
    const h = high[i]!;
    const l = low[i]!;
    const c = close[i]!;
    const v = volume[i]!;
    table.bars[sym]! += 1;
    table.last_day[sym] = days[i]!;
    if (weekday(days[i]!) > 4) table.weekends[sym]! += 1;
    if (v === 0) table.zeros[sym]! += 1;
    if (!Number.isNaN(v)) table.volumes[sym]! += 1;
    if (Math.max(o, c) > h * (1 + 1e-9) || Math.min(o, c) < l * (1 - 1e-9)) {
      table.outside[sym]! += 1;
      first(firsts.first_outside, sym, numberOf(i));
    }
    if (i === 0 || syms[i - 1] !== sym) {
      table.first_day[sym] = days[i]!;
      continue;
    }
    const step = days[i]! - days[i - 1]!;
    table.followed[sym]! += 1;
    if (step > table.longest[sym]!) table.longest[sym] = step;
    if (step === 1) table.ones[sym]! += 1;
    if (step <= 4) table.days[sym]! += 1;
    if (step > 0 && o === close[i - 1]) {
      table.copied[sym]! += 1;
      first(firsts.first_copied, sym, numberOf(i));
    }
    if (o === open[i - 1] && h === high[i - 1] && l === low[i - 1] && c === close[i - 1])
      table.same[sym]! += 1;
    if (numberOf(i) < numberOf(i - 1)) table.inverted[sym]! += 1;
    const factor = adjusted[i]! / c;
    const level = adjusted[i - 1]!;
    if (Math.max(o, h, c) * factor > 7 * level || Math.min(o, l, c) * factor * 7 < level)
      table.far[sym]! += 1;
  }
  putTable(engine, 'next_quality', {
    sym: int32s(symbols.map((_, sym) => sym)),
    ...Object.fromEntries(counts.map((name) => [name, table[name]])),
    first_copied: int32s(firsts.first_copied),
    first_outside: int32s(firsts.first_outside),
  });
}
