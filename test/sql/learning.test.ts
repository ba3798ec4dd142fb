/** Learned weights and regimes on the real engine: planted edges, pure noise, and data after the training. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import type { Learning } from '../../src/domain/validation/learning.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';
import { noEdge, plantedMarket } from './planted-market.ts';

const quiet = (): void => undefined;
let lab: LabService;
beforeAll(async () => {
  const engine = await startNodeEngine();
  lab = createLab(() => Promise.resolve(engine));
});

async function importing({ bars, macro }: { bars: string; macro?: string }): Promise<void> {
  const files = [{ name: 'bars.csv', content: new Blob([bars]), role: 'bars' as const }];
  const more = macro && { name: 'macro.csv', content: new Blob([macro]), role: 'macro' as const };
  unwrap(await lab.importFiles(more ? [...files, more] : files, quiet));
}

/** Harvester that holds for five bars, without stops: what its entries are worth. */
const study = {
  strategy: { id: 'harvester', parameters: { gScore: { enabled: false } } },
  size: { rule: 'fraction', fraction: 0.2, minimum: 0, maximum: null },
  exits: { stop: null, target: null, trailing: 'off', longestHolding: 5 },
  risk: { killSwitch: null },
  validation: { walkForward: { unit: 'bars', train: 400, test: 100 } },
};

const learned = async (changes: object = {}, learning: object = {}): Promise<Learning> => {
  const validation = { ...study.validation, learning };
  return unwrap(await lab.learn({ ...study, ...changes, validation }, quiet));
};

describe('where volume announces a reversal and a wide range the opposite', () => {
  let found: Learning;
  beforeAll(async () => {
    await importing(plantedMarket({ volume: 0.02, range: 0.004, fear: 0 }));
    found = await learned();
  });

  it('learns to listen to volume alone, and helps', () => {
    const [volatility, volume] = found.coefficients;
    expect(found.coefficients.map(({ name }) => name)).toEqual([
      'Volatility weight',
      'Volume weight',
    ]);
    expect(found.folds).toHaveLength(5);
    for (const [i, { chosen }] of found.folds.entries()) {
      expect(volatility!.value[i]).toBeLessThan(0);
      expect(volume!.value[i]).toBeGreaterThan(4 * volume!.error[i]!);
      expect(chosen).toEqual([0, volume!.value[i]]);
      expect(found.observations[i]).toBeGreaterThan(3500);
      expect(found.explained[i]).toBeGreaterThan(0.01);
    }
    expect(found.learned.quick.sharpe!).toBeGreaterThan(found.fixed.quick.sharpe!);
    expect(found.significance.value).toBeLessThan(0.05);
    expect(found.verdict).toBe('helped');
    expect(found.sentence).toMatch(/^Learning helped: the Sharpe ratio/);
    expect(found.regimes).toBeNull();
  });

  it('says what it assumed and what it could not learn', () => {
    const texts = found.notes.map(({ text }) => text);
    expect(texts).toContain('Not learned: Attention weight: the dataset has no such series.');
    expect(texts.some((text) => text.includes('its last 5 bars are left out'))).toBe(true);
    for (const { trainTo, testFrom } of found.folds) expect(trainTo).toBe(testFrom - 1 - 5);
  });

  it('is taught by the bars that might be traded only', async () => {
    const parameters = { ...study.strategy.parameters, sides: 'long' };
    const long = await learned({ strategy: { id: 'harvester', parameters } });
    for (const [i, rows] of long.observations.entries()) {
      expect(rows / found.observations[i]!).toBeGreaterThan(0.4);
      expect(rows / found.observations[i]!).toBeLessThan(0.6);
    }
  });

  it('trades each test window as a run of the learned weights would', async () => {
    let capital = 100_000;
    let at = 0;
    for (const { chosen, days } of found.folds) {
      const [volatilityWeight, volumeWeight] = chosen!;
      const panic = { volatilityWeight, volumeWeight };
      const { equity } = unwrap(
        await lab.run(
          {
            ...study,
            strategy: { id: 'harvester', parameters: { ...study.strategy.parameters, panic } },
            range: { from: isoFromDay(days.testFrom), to: isoFromDay(days.testTo) },
            risk: { ...study.risk, initialCash: capital },
            execution: { endOfData: 'close' },
          },
          quiet,
        ),
      );
      const length = equity.day.length;
      expect(found.learned.equity.equity.slice(at, at + length)).toEqual(equity.equity);
      at += length;
      capital = equity.equity.at(-1)!;
    }
    expect(at).toBe(found.learned.equity.day.length);
    const { fixed } = unwrap(
      await lab.walkForward(
        {
          ...study,
          validation: {
            ...study.validation,
            search: { parameters: [{ path: '/exits/longestHolding', values: [5] }] },
          },
        },
        quiet,
      ),
    );
    expect(found.fixed.digests).toEqual(fixed.digests);
  });
});

describe('where there is nothing to learn', () => {
  it.each([1, 2, 3])('does not help on noise, seed %d', async (seed) => {
    await importing(plantedMarket(noEdge, { seed }));
    const found = await learned({}, { regimes: true });
    expect(found.verdict).not.toBe('helped');
    expect(found.sentence).toMatch(/^Learning (did not help|hurt)/);
  });

  it('refuses other strategies and empty lessons, and says what to do', async () => {
    await importing(plantedMarket(noEdge, { sessions: 60 }));
    expect(await lab.learn({ strategy: { id: 'buy-and-hold' } }, quiet)).toMatchObject({
      error: { problem: 'Only Harvester has weights to learn.', place: { path: '/strategy/id' } },
    });
    const validation = { learning: { panic: false } };
    expect(await lab.learn({ validation }, quiet)).toMatchObject({
      error: { remedy: 'Turn on panic, gScore or regimes in validation.learning.' },
    });
  });

  it('keeps the fixed weights where training is too short', async () => {
    await importing(plantedMarket(noEdge, { sessions: 60 }));
    const validation = {
      walkForward: { unit: 'bars', train: 20, test: 20 },
      learning: { regimes: true, gScore: true },
    };
    const found = unwrap(await lab.learn({ ...study, validation }, quiet));
    expect(found.folds.map(({ chosen }) => chosen)).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(found.coefficients.every(({ value }) => value.every(Number.isNaN))).toBe(true);
    expect(found.regimes![0]!.share.every(Number.isNaN)).toBe(true);
    expect(found.verdict).toBe('no difference');
    const texts = found.notes.map(({ text }) => text).join('\n');
    expect(texts).toContain('2 of 2 test windows keep the Panic Score’s fixed weights: too few');
    expect(texts).toContain('2 of 2 training windows have fewer than 60 sessions');
    expect(texts).toContain('the dataset has no macro series, or the G-Score is off');
  });
});

describe('the G-Score and the regimes', () => {
  const everything = { panic: true, gScore: true, regimes: true };
  const withMacro = { strategy: { id: 'harvester' } };
  const edges = { volume: 0.02, range: 0, fear: 0.01 };

  it('put the weight on the point after which the market falls', async () => {
    await importing(plantedMarket(edges));
    const found = await learned(withMacro, { panic: false, gScore: true });
    expect(found.coefficients.map(({ name }) => name)).toEqual([
      'VIX weight',
      'Index weight',
      'Oil weight',
    ]);
    for (const { chosen } of found.folds) {
      const [vix, index, oil] = chosen as number[];
      expect(vix).toBeGreaterThan(2);
      expect(vix! + index! + oil!).toBeCloseTo(3, 9);
    }
  });

  it('weigh the points in SQL: a score of weights that add up to 2 is 2', async () => {
    await importing(plantedMarket(edges, { sessions: 120 }));
    const scores = async (weights: object) => {
      const gScore = { indexFall: 0.5, oilRise: -0.5, ...weights };
      unwrap(await lab.run({ strategy: { id: 'harvester', parameters: { gScore } } }, quiet));
      const { content } = unwrap(await lab.exportRun('features.csv', quiet));
      const [header, ...lines] = (await textOf(content)).trim().split('\r\n');
      const names = header!.split(',');
      return [...new Set(lines.map((line) => line.split(',')[names.indexOf('g_score')]))].sort();
    };
    // After the first bars the index's point and oil's are always there, as these thresholds are.
    expect(await scores({})).toEqual(['0', '2', '3']);
    // In floating point 0.6 + 0.7 + 0.7 is 1.9999999999999998.
    expect(await scores({ vixWeight: 0.6, indexWeight: 0.7, oilWeight: 0.7 })).toEqual([
      '0',
      '1.4',
      '2',
    ]);
  });

  it('leave every weight, regime and bit as it was when what comes later is other data', async () => {
    const sessions = 700;
    const noiseAfter = (after: number) => plantedMarket(edges, { sessions, after, otherSeed: 99 });
    await importing(plantedMarket(edges, { sessions }));
    const before = await learned(withMacro, everything);
    expect(before.regimes!.some(({ share }) => share[0]! < 1)).toBe(true);
    const coefficients = ({ coefficients }: Learning, folds: number) =>
      coefficients.map(({ value, error }) => [value.slice(0, folds), error.slice(0, folds)]);

    // The test window itself is other data: the weights before it stay.
    for (const fold of [0, 1]) {
      await importing(noiseAfter(before.folds[fold]!.testFrom - 1));
      const after = await learned(withMacro, everything);
      expect(coefficients(after, fold + 1)).toEqual(coefficients(before, fold + 1));
      expect(after.regimes![fold]!.transition).toEqual(before.regimes![fold]!.transition);
      expect(coefficients(after, fold + 2)).not.toEqual(coefficients(before, fold + 2));
    }
    // What follows the test window is cut off, or is other data: the window's curve stays.
    const end = before.folds[1]!.testTo;
    const length = end - before.folds[0]!.testFrom + 1;
    for (const market of [noiseAfter(end), plantedMarket(edges, { sessions: end + 1 })]) {
      await importing(market);
      const after = await learned(withMacro, everything);
      expect(after.learned.equity.equity.slice(0, length)).toEqual(
        before.learned.equity.equity.slice(0, length),
      );
      expect(after.regimes!.slice(0, 2)).toEqual(before.regimes!.slice(0, 2));
    }
  });
});

it('learns on the bundled indices, and says plainly what came of it', async () => {
  const [bars, macro] = ['bars', 'macro'].map((name) =>
    readFileSync(`datasets/us-indices-2014-2018/${name}.csv`, 'utf8'),
  );
  await importing({ bars: bars!, macro: macro! });
  const found = unwrap(
    await lab.learn(
      {
        strategy: { id: 'harvester' },
        size: { rule: 'atr-risk' },
        validation: { learning: { gScore: true, regimes: true } },
      },
      quiet,
    ),
  );
  expect(found.coefficients).toHaveLength(5);
  expect(found.folds).toHaveLength(6);
  for (const { share, transition } of found.regimes!) {
    expect(share.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    for (const row of transition) expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
  expect(found.verdict).toBe('no difference');
  expect(found.sentence).toMatch(/^Learning did not help/);
});
