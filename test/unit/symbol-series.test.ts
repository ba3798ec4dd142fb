/** What the charts of a symbol draw, against the run that it is of, on the real engine. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { exitReasons } from '../../src/domain/run.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, RunResult, SymbolSeries } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;

describe('the series of a symbol', () => {
  let lab: LabService;
  beforeAll(async () => {
    lab = createLab(startNodeEngine);
    const files = (['bars', 'macro'] as const).map((role) => ({
      name: `${role}.csv`,
      content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
      role,
    }));
    unwrap(await lab.importFiles(files, quiet));
  });

  const after = async (study: object): Promise<[RunResult, SymbolSeries]> => [
    unwrap(await lab.run(study, quiet)),
    unwrap(await lab.symbolSeries('SP500')),
  ];

  it('has the parts of the score, which add up to it', async () => {
    const [, { parts, value, day, open, high, low, close }] = await after(sampleStudy());
    expect(parts.map(({ label, weight }) => [label, weight])).toEqual([
      ['z of the range', 1],
      ['z of the volume', 1],
      ['Return over 5 bars', undefined],
    ]);
    const [range, volume] = parts;
    for (let bar = 200; bar < day.length; bar++) {
      expect(range!.value[bar]! + volume!.value[bar]!).toBeCloseTo(value[bar]!, 9);
      expect(high[bar]).toBeGreaterThanOrEqual(Math.max(open[bar]!, close[bar]!));
      expect(low[bar]).toBeLessThanOrEqual(Math.min(open[bar]!, close[bar]!));
    }
  });

  it('has what other strategies look at beside the number that is drawn', async () => {
    const [, cross] = await after({ strategy: { id: 'moving-average-cross' } });
    const [fast, slow] = cross.parts;
    expect(cross.parts.map(({ label }) => label)).toEqual(['Fast mean', 'Slow mean']);
    for (let bar = 250; bar < cross.day.length; bar++)
      expect(cross.value[bar]).toBeCloseTo(fast!.value[bar]! / slow!.value[bar]! - 1, 9);
    const [, breakout] = await after({ strategy: { id: 'atr-breakout' } });
    const [lowest] = breakout.parts;
    for (let bar = 60; bar < breakout.day.length; bar++)
      expect(lowest!.value[bar]).toBeLessThan(breakout.value[bar]!);
    const [, ranked] = await after({ strategy: { id: 'momentum-rotation' } });
    expect(ranked.parts.map(({ label, unit }) => [label, unit])).toEqual([['Momentum', 'percent']]);
  });

  const entries = { strategy: { id: 'every-n-bars' } };
  const some = { strategy: { id: 'rsi-reversion' } };
  it.each([
    ['as it comes', sampleStudy()],
    [
      'trailing from closes',
      {
        ...sampleStudy(),
        exits: {
          trailing: 'percent',
          trailingRatio: 0.01,
          trailingFrom: 'close',
          stop: 2,
          target: null,
        },
      },
    ],
    [
      'a chandelier',
      {
        ...entries,
        exits: {
          stop: 3,
          target: null,
          trailing: 'chandelier',
          chandelierBars: 5,
          trailingMultiple: 2,
        },
      },
    ],
    [
      'break-even after an entry at the close',
      {
        ...some,
        execution: { fill: 'next-close' },
        exits: { stop: 2, target: null, trailing: 'off', breakEven: 0.5 },
      },
    ],
    [
      'limit orders',
      { ...sampleStudy(), execution: { order: 'limit', limitOffset: 0.25, validFor: 3 } },
    ],
    [
      'fills at the prior close, costs in the price',
      {
        ...entries,
        execution: { fill: 'prior-close' },
        costs: { booking: 'in-price' },
        exits: { stop: 1.5, target: null },
      },
    ],
  ])('has the stops by which trades ended: %s', async (_, study) => {
    const [{ trades, study: full }, series] = await after(study);
    const { stops } = series;
    let ended = 0;
    for (const [k, trade] of stops.trade.entries()) {
      const [from, to] = [stops.start[k]!, stops.start[k + 1]!];
      const side = trades.side[trade]!;
      const path = stops.level.subarray(from, to);
      expect(path[0]).toBe(trades.stop[trade]);
      for (let bar = 1; bar < path.length; bar++)
        expect(side * path[bar]!).toBeGreaterThanOrEqual(side * path[bar - 1]!);
      const reason = exitReasons[trades.reason[trade]!];
      if (reason !== 'stop' && reason !== 'trailing' && reason !== 'break-even') continue;
      ended++;
      expect(exitReasons[stops.whose[to - 1]!]).toBe(reason);
      const open = series.open[trades.exitRow[trade]! - series.firstRow]!;
      const gapped =
        side * open <= side * path.at(-1)! && trades.entryRow[trade] !== trades.exitRow[trade];
      const inside = full.costs.booking === 'apart';
      if (inside && !gapped && full.execution.order === 'market')
        expect(trades.exitPrice[trade]).toBe(path.at(-1));
    }
    expect(ended).toBeGreaterThan(5);
  });

  it('has no stops where weights are followed', async () => {
    const [, { stops }] = await after({ strategy: { id: 'constant-weights' } });
    expect(stops.trade).toHaveLength(0);
  });
});
