/** Searches that choose their trials as they go, on the real engine, held to plain searches and runs. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { trialDigest } from '../../src/domain/trial-digest.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { trialOfRun, trialsOfSearch } from '../../src/domain/validation/ledger.ts';
import { begunOf, unfinishedOf } from '../../src/domain/validation/search.ts';
import { because } from '../../src/domain/validation/statistics/found.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const csv = readFileSync('datasets/us-indices-2014-2018/bars.csv', 'utf8');
const importing = async (text: string): Promise<void> => {
  const file = { name: 'bars.csv', content: new Blob([text]), role: 'bars' as const };
  unwrap(await lab.importFiles([file], quiet));
};

const at = '/strategy/parameters';
const parameters = [
  { path: `${at}/fast`, from: 2, to: 40 },
  { path: `${at}/slow`, from: 20, to: 200 },
  { path: '/exits/stop', values: [1, 2, 3, null] },
];
const searching = (method: string, more: object = {}) => ({
  strategy: { id: 'moving-average-cross' },
  size: { fraction: 0.5 },
  validation: {
    search: { method, trials: 30, parameters, ...more },
    walkForward: { minimumTrades: 3, train: 12, test: 6 },
  },
});
const halving = (more: object = {}) => searching('halving', { rungs: 3, ...more });
const evolving = (more: object = {}) => searching('evolution', more);

let lab: LabService;
beforeAll(async () => {
  const engine = await startNodeEngine();
  lab = createLab(() => Promise.resolve(engine));
  await importing(csv);
});
const search = async (study: object) => unwrap(await lab.search(study, quiet));

describe('successive halving', () => {
  it('with one rung is the random search, to the bit', async () => {
    const { halving: ladder, ...found } = await search(halving({ factor: 31 }));
    expect(found).toEqual(await search(searching('random')));
    expect(ladder).toMatchObject({
      rungs: [{ sets: found.candidates.length, pruned: 0 }],
      short: [],
    });
    const { halving: _, ...same } = await search(halving({ rungs: 1 }));
    expect(same).toEqual(found);
  });

  it('has for the trials that reach the end the numbers of the random search', async () => {
    const found = await search(halving());
    const all = await search(searching('random'));
    expect(found.candidates).toHaveLength(found.halving!.rungs.at(-1)!.sets);
    for (const [i, digest] of found.digests.entries()) {
      const place = all.digests.indexOf(digest);
      expect(found.candidates[i]).toEqual(all.candidates[place]);
      expect(found.metrics.sharpe[i]).toBe(all.metrics.sharpe[place]);
    }
  });

  it.each(['sessions', 'symbols'])(
    'over %s tells of every trial that was begun',
    async (budget) => {
      const found = await search(halving({ budget }));
      const { rungs, short, whole } = found.halving!;
      expect(rungs.length).toBeGreaterThan(1);
      expect(rungs.at(-1)).toMatchObject({ budget: whole, pruned: 0 });
      expect(rungs[0]!.sets).toBe(found.asked - found.leftOut.count);
      expect(short).toHaveLength(rungs.reduce((sum, { pruned }) => sum + pruned, 0));
      expect(begunOf(found)).toBe(rungs[0]!.sets);
      expect(unfinishedOf(found)).toBe(0);
      // All are in the ledger; none that was pruned is among those with numbers of the whole range.
      const ledger = trialsOfSearch(found);
      expect(new Set(ledger.map(({ digest }) => digest)).size).toBe(begunOf(found));
      for (const { digest, sessions, candidate } of short) {
        expect(found.digests).not.toContain(digest);
        expect(found.candidates).not.toContainEqual(candidate);
        expect(sessions).toBeLessThan(found.sessions);
      }
      expect(found.metrics.sharpe).toHaveLength(found.candidates.length);
    },
  );

  it('compares sets on what the study gives on the first sessions alone', async () => {
    const found = await search(halving());
    const { dataset } = await sessionsOf();
    for (const { candidate, sharpe, sessions, digest } of found.halving!.short.slice(0, 3)) {
      const [fast, slow, stop] = candidate;
      const study = {
        ...halving(),
        strategy: { id: 'moving-average-cross', parameters: { fast, slow } },
        exits: { stop },
      };
      expect(digest).toBe(trialDigest(completeStudy(study)));
      const to = isoFromDay(dataset[sessions - 1]!);
      const run = unwrap(await lab.run({ ...study, range: { to } }, quiet));
      expect(trialOfRun(run)).toMatchObject({ sharpe, sessions });
    }
  });

  it('prunes by nothing that comes after a rung’s sessions', async () => {
    const before = await search(halving());
    const first = before.halving!.short.filter(({ rung }) => rung === 0);
    const { dataset } = await sessionsOf();
    const cut = isoFromDay(dataset[first[0]!.sessions - 1]!);
    await importing(withFuture(cut));
    const after = await search(halving());
    await importing(csv);
    expect(after.metrics.sharpe).not.toEqual(before.metrics.sharpe);
    expect(after.halving!.short.filter(({ rung }) => rung === 0)).toEqual(first);
  });

  it('over symbols compares sets as on a dataset of these alone', async () => {
    const apart = { budget: 'symbols', factor: 5, rungs: 2 };
    const study = { ...halving(apart), risk: { accounts: 'per-symbol' } };
    const found = await search(study);
    expect(found.halving!.rungs[0]!.budget).toBe(1);
    const { sharpe, candidate } = found.halving!.short.find((one) => one.sharpe !== null)!;
    const seen: (number | null)[] = [];
    for (const symbol of symbols()) {
      await importing(onlyOf(symbol));
      const parameters = candidate.map((value, d) => ({ path: paths[d]!, values: [value] }));
      const alone = await search({
        ...study,
        validation: { ...study.validation, search: { method: 'grid', parameters } },
      });
      seen.push(trialsOfSearch(alone)[0]!.sharpe);
    }
    await importing(csv);
    expect(seen).toContain(sharpe);
  });
});

describe('differential evolution', () => {
  it('simulates each set once, inside its bounds', async () => {
    const found = await search(evolving({ trials: 60, population: 8 }));
    expect(new Set(found.digests).size).toBe(found.candidates.length);
    expect(found.asked).toBeLessThanOrEqual(60);
    expect(unfinishedOf(found)).toBe(0);
    expect(found.leftOut.count).toBeGreaterThan(0);
    for (const [fast, slow, stop] of found.candidates) {
      expect(fast).toBeGreaterThanOrEqual(2);
      expect(slow).toBeLessThanOrEqual(200);
      expect([1, 2, 3, null]).toContain(stop);
    }
    expect(trialsOfSearch(found)).toHaveLength(found.candidates.length);
  });

  it('ends where everything has come up before', async () => {
    const few = [{ path: '/exits/stop', values: [1, 2, 3] }];
    const found = await search(evolving({ trials: 200, parameters: few }));
    expect(found.candidates).toHaveLength(3);
    expect(found).toMatchObject({ asked: 3, leftOut: { count: 0 } });
  });

  it('keeps the generations before, when it is cancelled between two', async () => {
    const exits = [{ path: '/exits/stop', from: 1, to: 9 }];
    let cancelled = false;
    const study = evolving({ trials: 300, population: 100, parameters: exits });
    const reply = await lab.search(study, ({ ratio }) => {
      if (cancelled || ratio < 0.333) return;
      cancelled = true;
      setTimeout(() => lab.cancel());
    });
    const found = unwrap(reply);
    expect(found.candidates.length).toBeGreaterThan(90);
    expect(unfinishedOf(found)).toBeGreaterThan(90);
  });

  it('says it where no set is a valid study', async () => {
    const none = [{ path: `${at}/fast`, values: [300, 400] }];
    expect(await lab.search(evolving({ parameters: none }), quiet)).toMatchObject({
      error: { kind: 'study', place: { path: expect.stringContaining(at) as string } },
    });
  });
});

describe.each([
  ['successive halving', halving()],
  ['differential evolution', evolving()],
])('%s', (_, study) => {
  it('when it is cancelled keeps what was finished, and counts what was begun', async () => {
    for (const after of [0.05, 0.4, 0.7]) {
      const reply = await lab.search(study, ({ phase, ratio }) => {
        if (phase === 'trials' && ratio > after) lab.cancel();
      });
      const found = unwrap(reply);
      expect(unfinishedOf(found)).toBeGreaterThan(0);
      expect(begunOf(found)).toBeGreaterThan(0);
      expect(trialsOfSearch(found)).toHaveLength(begunOf(found));
      expect(found.metrics.sharpe).toHaveLength(found.candidates.length);
    }
  });

  it('gives no walk-forward and no cross-validation its sets to choose from', async () => {
    for (const test of ['walkForward', 'crossValidate'] as const)
      expect(await lab[test](study, quiet)).toMatchObject({
        error: { code: 'adaptive-search', place: { path: '/validation/search/method' } },
      });
  });

  it('is not judged as if its sets had been drawn without looking', async () => {
    unwrap(await lab.run(study, quiet));
    const found = await search(study);
    const ledger = { trials: begunOf(found), variance: 0.001 };
    const report = unwrap(await lab.overfitting(ledger, quiet));
    for (const part of ['pbo', 'superior', 'cells'] as const)
      expect(report[part]).toEqual({ reason: because.adaptive });
    expect(report.deflated).toMatchObject({ trials: begunOf(found) });
  });
});

const paths = parameters.map(({ path }) => path);

async function sessionsOf() {
  const { equity } = unwrap(await lab.run(searching('grid'), quiet));
  return { dataset: equity.day };
}

const [header = '', ...lines] = csv.trim().split('\n');
const columns = header.split(',');
const cell = (line: string, name: string): string => line.split(',')[columns.indexOf(name)]!;
const symbols = (): string[] => [...new Set(lines.map((line) => cell(line, 'symbol')))];
const onlyOf = (symbol: string): string =>
  [header, ...lines.filter((line) => cell(line, 'symbol') === symbol)].join('\n');

/** The same bars with every price after a day turned round that day's level. */
function withFuture(after: string): string {
  const prices = ['open', 'high', 'low', 'close'];
  const scale = new Map<string, number>();
  return [
    header,
    ...lines.map((line) => {
      if (cell(line, 'date') <= after) return line;
      const symbol = cell(line, 'symbol');
      const factor =
        (scale.get(symbol) ?? 1) * (Number(cell(line, 'date').slice(-1)) % 2 ? 1.03 : 0.975);
      scale.set(symbol, factor);
      return line
        .split(',')
        .map((text, i) =>
          prices.includes(columns[i]!) ? (Number(text) * factor).toFixed(4) : text,
        )
        .join(',');
    }),
  ].join('\n');
}
