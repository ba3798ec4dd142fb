import { expect, test } from 'vitest';
import { isoFromDay } from '../../../src/domain/calendar.ts';
import { type Market, rowsOf } from '../../../src/domain/market.ts';
import type { Equity, Trades } from '../../../src/domain/run.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import {
  type Bps,
  type Day,
  type Days,
  type Price,
  type Ratio,
  type Ratios,
  type Row,
  type Rows,
  type Step,
  bpsOfRatio,
  ratioOfBps,
} from '../../../src/domain/units.ts';
import { bps, date, percent, price, share } from '../../../src/present/format.ts';

// What `tsc -p test` checks: each line marked as an error must be one.

const fee = 5 as Bps;
const edge = 0.25 as Ratio;
const close = 101.5 as Price;
const first = 16_072 as Day;
const row = 3 as Row;
const session = 1 as Step;

test('a number without a unit takes any on, and all are numbers', () => {
  const bare = 0.5;
  const some: readonly Ratio[] = [bare, edge, edge - 0.1];
  const days: Days = Int32Array.of(16_072, 16_073);
  const next: Day = days[0]! + 1;
  expect([percent(bare), some.length, next, typeof fee]).toEqual([
    ...['50.00\u202f%', 3, 16_073, 'number'],
  ]);
});

test('formatters take the unit that they write', () => {
  expect([percent(edge), bps(fee), price(close), date(first), share(edge)]).toEqual([
    ...['25.00\u202f%', '5.0 bps', '101.50', '2014-01-02', '25\u202f%'],
  ]);
  // @ts-expect-error -- bps as a ratio
  percent(fee);
  // @ts-expect-error -- a ratio as bps
  bps(edge);
  // @ts-expect-error -- a price as a ratio
  share(close);
  // @ts-expect-error -- a day as a price
  price(first);
  // @ts-expect-error -- a row as a day
  date(row);
  // @ts-expect-error -- also where there may be none
  percent(fee as Bps | null);
});

test('between bps and ratios there is a way', () => {
  expect([percent(ratioOfBps(fee)), bps(bpsOfRatio(edge))]).toEqual([
    ...['0.05\u202f%', '2,500.0 bps'],
  ]);
});

test('settings have the unit that stands beside them', () => {
  const { costs, risk, execution } = completeStudy({ costs: { halfSpread: 5 } });
  expect([bps(costs.halfSpread), percent(risk.maintenanceMargin)]).toEqual([
    ...['5.0 bps', '25.00\u202f%'],
  ]);
  // @ts-expect-error -- the setting is in bps
  percent(costs.halfSpread);
  // @ts-expect-error -- the setting is a ratio that can be off
  bps(risk.maintenanceMargin);
  // Bars have no unit of their own.
  const bars: number = execution.delay;
  expect(bars).toBe(0);
});

/** Never run: what columns and functions refuse. */
export function refused(market: Market, trades: Trades, equity: Equity, ratios: Ratios): unknown {
  // @ts-expect-error -- the row of a trade as its day
  isoFromDay(trades.entryRow[0]!);
  // @ts-expect-error -- sessions are no rows
  const rows: Rows = trades.entryStep;
  // @ts-expect-error -- a column of ratios as a column of days
  const days: Days = ratios;
  const [from] = rowsOf(market, 0);
  // @ts-expect-error -- where a symbol begins is a row
  const begin: Day = from;
  // @ts-expect-error -- the day of a session
  const place: Step = equity.day[0]!;
  // @ts-expect-error -- a session is not compared with a row
  const same = session === row;
  // @ts-expect-error -- inside a readonly interface
  const wrapped: { readonly at: Step } = { at: row };
  // @ts-expect-error -- through a type parameter
  const passed: Ratio = identity(fee);
  return [rows, days, begin, place, same, wrapped, passed];
}

const identity = <T>(value: T): T => value;
