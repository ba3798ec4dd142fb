import { expect, test } from 'vitest';
import { tradeMetricsBySide, withOwnDays } from '../../../src/domain/metrics/by-side.ts';
import type { DatedTrades } from '../../../src/domain/run.ts';
import { type TradeSketch, monday, runOf, valuesOf } from './metrics-runs.ts';

const long: readonly TradeSketch[] = [
  { quantity: 1, entry: 0, exit: 1, entryPrice: 100, net: 30 },
  { quantity: 1, entry: 2, exit: -1, entryPrice: 50, net: 5 },
];
const short: readonly TradeSketch[] = [
  { side: -1, quantity: 1, entry: 1, exit: 4, entryPrice: 50, net: -10 },
];
const values = [100, 100, 100, 100, 100];

test('all are what the run has; each side is what a run of that side alone would have', () => {
  const run = runOf(values, { trades: [...long, ...short] });
  const own = valuesOf(run);
  const [ofLong, ofShort] = [long, short].map((trades) => valuesOf(runOf(values, { trades })));
  const { trades } = run;
  const dated = {
    ...trades,
    entryDay: trades.entryStep.map((session) => monday + session),
    exitDay: trades.exitStep.map((session) => monday + session),
  } as DatedTrades;
  // Rows that are told by the trades' own dates come to the same.
  for (const from of [run, withOwnDays(dated)])
    for (const { id, all, long, short } of tradeMetricsBySide(from)) {
      if (id === 'closed-profit') {
        expect([all.value, long.value, short.value]).toEqual([20, 30, -10]);
        continue;
      }
      const number = (value: number | string | undefined) =>
        typeof value === 'number' ? value : null;
      expect([all.value, long.value, short.value], id).toEqual(
        [own, ofLong, ofShort].map((values) => number(values![id])),
      );
    }
});
