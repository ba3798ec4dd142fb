/** Numbers that surfaces once computed apart, and so differently. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { fillsAreFree } from '../../src/domain/execution/costs.ts';
import { drawdownsOf, underwaterOf } from '../../src/domain/metrics/drawdown.ts';
import { returnsBy } from '../../src/domain/metrics/periods.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { runFindings } from '../../src/present/findings/run.ts';
import { underwaterChart } from '../../src/present/charts/underwater.ts';
import { years } from '../../src/present/charts/years.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { RunResult } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const free = { commission: 0, slippage: 0, impact: null };

describe('what costs nothing', () => {
  const costsOf = (costs: object) => completeStudy({ costs: { ...free, ...costs } }).costs;

  it('is a study whose every cost of a fill is off, whatever unused settings say', () => {
    expect(fillsAreFree(costsOf({}))).toBe(true);
    expect(fillsAreFree(costsOf({ slippageAtr: 0.5, borrowFee: 0.01 }))).toBe(true);
    expect(fillsAreFree(costsOf({ tiers: 'value', tierFrom: [0], tierRates: [0] }))).toBe(true);
  });

  it.each([
    { commission: 1 },
    { commissionPerUnit: 0.01 },
    { commissionBps: 1 },
    { commissionMinimum: 1 },
    { tiers: 'value', tierFrom: [0], tierRates: [2] },
    { halfSpread: 1 },
    { spread: 'corwin-schultz' },
    { slippage: 1 },
    { slippageModel: 'atr', slippageAtr: 0.5 },
    { impact: 1 },
  ])('is no study with %o', (costs) => {
    const settings = completeStudy({ costs: { ...free, ...costs } });
    expect(fillsAreFree(settings.costs)).toBe(false);
    const facts = {
      settings,
      closedTrades: 100,
      totalReturn: 0,
      ambiguity: null,
      synthetic: false,
    };
    const titles = runFindings(facts, null).map(({ title }) => title);
    expect(titles).not.toContain('Trading costs nothing here');
  });
});

test('a curve of 99, 98, 98.5 from 100 is 2 % under water, as metric and in every drawing', () => {
  const equity = Float64Array.of(99, 98, 98.5);
  const day = Int32Array.of(0, 1, 2);
  expect(drawdownsOf(equity, 100).deepest).toBeCloseTo(-0.02, 12);
  expect(Math.min(...underwaterOf(equity, 100))).toBeCloseTo(-0.02, 12);
  const [year] = years(day, equity, equity, 100);
  expect(year?.deepest).toBeCloseTo(-0.02, 12);
  expect(year?.change).toBeCloseTo(-0.015, 12);
  expect(returnsBy({ day, equity, base: 100 }, () => 1970)[0]?.returned).toBe(year?.change);
  const { drawn, total } = underwaterChart({ day, equity, initialCash: 100 }, 300, 100);
  expect([drawn, total]).toEqual([3, 3]);
});

describe('a run with accounts of its own for each symbol', () => {
  let result: RunResult;
  beforeAll(async () => {
    const lab = createLab(startNodeEngine);
    const content = new Blob([readFileSync('datasets/us-indices-2014-2018/bars.csv')]);
    unwrap(await lab.importFiles([{ name: 'bars.csv', content }], () => undefined));
    const study = { strategy: { id: 'moving-average-cross' }, risk: { accounts: 'per-symbol' } };
    result = unwrap(await lab.run(completeStudy(study), () => undefined));
  });

  it('starts from all of them together; its years and its deepest drawdown are the metrics’', () => {
    const { day, equity } = result.equity;
    const metric = (id: string) => result.metrics.outsample.find((one) => one.id === id)!.value!;
    expect(result.initialCash).toBe(200_000);
    const rows = years(day, equity, result.benchmark, result.initialCash);
    const chained = (key: 'change' | 'benchmarkChange') =>
      rows.reduce((product, row) => product * (1 + row[key]), 1) - 1;
    expect(chained('change')).toBeCloseTo(metric('total-return'), 12);
    expect(chained('benchmarkChange')).toBeCloseTo(metric('buy-and-hold-return'), 12);
    expect(Math.min(...rows.map(({ deepest }) => deepest))).toBe(metric('max-drawdown'));
  });
});
