/** Search, walk-forward and cross-validation on the real engine, held to plain loops over whole runs. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay } from '../../src/domain/calendar.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, RunResult } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const csv = readFileSync('datasets/us-indices-2014-2018/bars.csv', 'utf8');
const importing = (lab: LabService, text: string) =>
  lab.importFiles([{ name: 'bars.csv', content: new Blob([text]), role: 'bars' }], quiet);

const at = '/strategy/parameters';
const study = {
  strategy: { id: 'moving-average-cross' },
  size: { fraction: 0.5 },
  validation: {
    search: {
      parameters: [
        { path: `${at}/fast`, values: [5, 10, 20] },
        { path: `${at}/slow`, values: [20, 30, 60] },
      ],
    },
    walkForward: { train: 12, test: 6, minimumTrades: 3, purge: 4 },
  },
};

let lab: LabService;
beforeAll(async () => {
  const engine = await startNodeEngine();
  lab = createLab(() => Promise.resolve(engine));
  unwrap(await importing(lab, csv));
});

describe('a search', () => {
  it('simulates every combination once, and says which make no sense', async () => {
    const found = unwrap(await lab.search(study, quiet));
    expect(found.asked).toBe(9);
    expect(found.leftOut.count).toBe(1);
    expect(found.leftOut.reason).toContain('slow');
    expect(found.candidates).toContainEqual([10, 30]);
    expect(found.candidates).not.toContainEqual([20, 20]);
    const place = found.candidates.findIndex(([fast, slow]) => fast === 10 && slow === 30);
    const run = unwrap(
      await lab.run(
        { ...study, strategy: { ...study.strategy, parameters: { fast: 10, slow: 30 } } },
        quiet,
      ),
    );
    const sharpe = run.metrics.outsample.find(({ id }) => id === 'sharpe');
    expect(found.metrics.sharpe[place]).toBe(sharpe?.value);
    expect(found.metrics.trades[place]).toBe(run.trades.length);
    expect(new Set(found.digests).size).toBe(8);
  });

  it('draws the same sets from the same seed, and others from another', async () => {
    const drawn = async (seed: number, method: string) => {
      const search = {
        method,
        trials: 6,
        parameters: [
          { path: `${at}/fast`, from: 2, to: 19 },
          { path: '/size/fraction', from: 0.1, to: 0.9 },
        ],
      };
      const found = unwrap(await lab.search({ ...study, seed, validation: { search } }, quiet));
      return found.candidates as number[][];
    };
    for (const method of ['random', 'latin-hypercube']) {
      const first = await drawn(7, method);
      expect(await drawn(7, method)).toEqual(first);
      expect(await drawn(8, method)).not.toEqual(first);
      expect(
        first.every(([fast, part]) => Number.isInteger(fast) && part! >= 0.1 && part! < 0.9),
      ).toBe(true);
    }
    const sixths = (await drawn(7, 'latin-hypercube')).map(([, part]) =>
      Math.floor(((part! - 0.1) / 0.8) * 6),
    );
    expect(sixths.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('names a setting that there is none of', async () => {
    const search = { parameters: [{ path: `${at}/fastt`, values: [1, 2] }] };
    expect(await lab.search({ ...study, validation: { search } }, quiet)).toMatchObject({
      error: {
        problem: 'There is no such setting.',
        remedy: expect.stringContaining(`Use one of: ${at}/fast, ${at}/slow`) as string,
        place: { path: `${at}/fastt` },
      },
    });
  });

  it.each([
    [[{ path: '/exits/stopp', values: [1] }], 'There is no such setting.', '/exits/stopp'],
    [
      ['fast', 'slow', 'fast'].map((name) => ({ path: `${at}/${name}`, values: [2] })),
      'A search varies this setting twice.',
      '/validation/search/parameters/2',
    ],
    [
      [{ path: 'fast', values: [1] }],
      'This must be the place of a setting that can be varied, such as /strategy/parameters/entryThreshold or /exits/stop.',
      '/validation/search/parameters/0/path',
    ],
  ])('refuses a search of %j', async (parameters, problem, path) => {
    const refused = lab.search({ ...study, validation: { search: { parameters } } }, quiet);
    expect(await refused).toMatchObject({ ok: false, error: { problem, place: { path } } });
  });
});

/** Annual Sharpe ratio of a slice of a curve, as a plain loop. */
function sharpeOf({ equity, study: { risk } }: RunResult, from: number, to: number): number {
  const curve = equity.equity;
  const returns = Array.from({ length: to - from + 1 }, (_, i) => {
    const before = from + i === 0 ? risk.initialCash : curve[from + i - 1]!;
    return curve[from + i]! / before - 1;
  });
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return (mean / Math.sqrt(squares / (returns.length - 1))) * Math.sqrt(252);
}

describe('walk-forward', () => {
  it('cuts rolling windows by calendar months, purged', async () => {
    const { folds } = unwrap(await lab.walkForward(study, quiet));
    const dates = folds.map(({ days: { trainFrom, testFrom, testTo } }) =>
      [trainFrom, testFrom, testTo].map(isoFromDay),
    );
    expect(dates[0]).toEqual(['2014-01-02', '2015-01-02', '2015-07-01']);
    expect(dates[1]).toEqual(['2014-07-02', '2015-07-02', '2015-12-31']);
    expect(dates).toHaveLength(8);
    expect(isoFromDay(folds.at(-1)!.days.testTo)).toBe('2018-12-31');
    for (const [i, fold] of folds.entries()) {
      expect(fold.trainTo).toBe(fold.testFrom - 1 - 4);
      if (i > 0) expect(fold.testFrom).toBe(folds[i - 1]!.testTo + 1);
    }
  });

  it('anchors windows counted in bars', async () => {
    const walkForward = { window: 'anchored', unit: 'bars', train: 500, test: 300, purge: 0 };
    const validation = { ...study.validation, walkForward: { ...walkForward, minimumTrades: 3 } };
    const { folds } = unwrap(await lab.walkForward({ ...study, validation }, quiet));
    expect(
      folds.map(({ trainFrom, trainTo, testFrom, testTo }) => [
        trainFrom,
        trainTo,
        testFrom,
        testTo,
      ]),
    ).toEqual([
      [0, 499, 500, 799],
      [0, 799, 800, 1099],
      [0, 1099, 1100, 1257],
    ]);
  });

  it('chooses what a plain loop over whole runs finds best, and stitches fresh runs', async () => {
    const found = unwrap(await lab.walkForward(study, quiet));
    const { candidates } = unwrap(await lab.search(study, quiet));
    const runs: RunResult[] = [];
    for (const [fast, slow] of candidates) {
      const parameters = { fast, slow };
      runs.push(
        unwrap(await lab.run({ ...study, strategy: { ...study.strategy, parameters } }, quiet)),
      );
    }
    let capital = 100_000;
    let at = 0;
    for (const fold of found.folds) {
      const inside = runs.map((run) => {
        const { entryStep, exitStep, reason, length } = run.trades;
        let trades = 0;
        for (let i = 0; i < length; i++)
          if (reason[i]! >= 0 && entryStep[i]! >= fold.trainFrom && exitStep[i]! <= fold.trainTo)
            trades++;
        return trades >= 3 ? sharpeOf(run, fold.trainFrom, fold.trainTo) : -Infinity;
      });
      const best = inside.indexOf(Math.max(...inside));
      expect(fold.trial).toBe(best);
      expect(fold.inSample?.sharpe).toBeCloseTo(inside[best]!, 6);
      const [fast, slow] = candidates[best]!;
      const { days } = fold;
      const test = unwrap(
        await lab.run(
          {
            ...study,
            strategy: { ...study.strategy, parameters: { fast, slow } },
            range: { from: isoFromDay(days.testFrom), to: isoFromDay(days.testTo) },
            risk: { initialCash: capital },
            execution: { endOfData: 'close' },
          },
          quiet,
        ),
      );
      const length = test.equity.day.length;
      expect(found.outOfSample.equity.equity.slice(at, at + length)).toEqual(test.equity.equity);
      at += length;
      capital = test.equity.equity.at(-1)!;
    }
    expect(at).toBe(found.outOfSample.equity.day.length);
    expect(found.outOfSample.quick.totalReturn).toBeCloseTo(capital / 100_000 - 1, 12);
  });

  it('keeps every bit of a fold when what follows it is cut off or put into another order', async () => {
    const whole = unwrap(await lab.walkForward(study, quiet));
    const kept = whole.folds.slice(0, 4);
    const last = kept[3]!.days.testTo;
    const [header, ...lines] = csv.trim().split('\n');
    const dateOf = (line: string) => dayFromIso(/\d{4}-\d\d-\d\d/.exec(line)![0]);
    const past = lines.filter((line) => dateOf(line) <= last);
    const future = lines.filter((line) => dateOf(line) > last);
    const prices = future.map((line) => line.replace(/\d{4}-\d\d-\d\d/, '|').split('|'));
    const shuffled = future.map((line, i) => {
      const other = prices[(i * 7) % prices.length]!;
      return `${/^(.*?)\d{4}-/.exec(line)![1]}${/\d{4}-\d\d-\d\d/.exec(line)![0]}${other[1]}`;
    });
    for (const rows of [past, [...past, ...shuffled]]) {
      unwrap(await importing(lab, [header, ...rows].join('\n')));
      const found = unwrap(await lab.walkForward(study, quiet));
      expect(found.folds.slice(0, 4)).toEqual(kept);
      const length = kept[3]!.testTo - kept[0]!.testFrom + 1;
      expect(found.outOfSample.equity.equity.slice(0, length)).toEqual(
        whole.outOfSample.equity.equity.slice(0, length),
      );
    }
    unwrap(await importing(lab, csv));
  });

  it('stays in cash where no set has enough trades', async () => {
    const walkForward = { ...study.validation.walkForward, minimumTrades: 1000 };
    const validation = { ...study.validation, walkForward };
    const found = unwrap(await lab.walkForward({ ...study, validation }, quiet));
    expect(found.folds.every(({ chosen, trial }) => chosen === null && trial === -1)).toBe(true);
    expect(found.outOfSample.quick.totalReturn).toBe(0);
    expect(found.winningFolds).toBeNull();
    expect(found.efficiency).toEqual({ value: null, reason: 'No fold traded.' });
    expect(found.fixed.trades.length).toBeGreaterThan(0);
  });

  it('says what to do where the data hold no fold', async () => {
    const validation = { ...study.validation, walkForward: { train: 120 } };
    expect(await lab.walkForward({ ...study, validation }, quiet)).toMatchObject({
      error: { remedy: 'Use shorter windows, or more data.' },
    });
  });
});

describe('combinatorial cross-validation', () => {
  it('tests every group on every path, and trains clear of it', async () => {
    const found = unwrap(await lab.crossValidate(study, quiet));
    expect(found.splits).toHaveLength(15);
    expect(found.paths).toHaveLength(5);
    expect(found.groups).toHaveLength(6);
    for (const { splits } of found.paths) {
      expect(splits.every((split, group) => found.splits[split]!.testGroups.includes(group))).toBe(
        true,
      );
    }
    expect(
      new Set(found.paths.flatMap(({ splits }) => splits.map((split, g) => `${split} ${g}`))).size,
    ).toBe(30);
    for (const [i, { totalReturn }] of found.paths.entries()) {
      expect(found.curves[i]!.at(-1)! - 1).toBe(totalReturn);
    }
  });
});
