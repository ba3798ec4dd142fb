/** The look-ahead audit by step, on bars of two exchanges whose hours overlap, and on longer bars made of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/domain/random.ts';
import { type Study, completeStudy } from '../../src/domain/study/study.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { auditLookAhead } from '../../workers/services/audit/look-ahead.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { reframed } from '../../workers/services/reframed.ts';
import { file, importAll } from '../unit/import/importing.ts';
import {
  type Written,
  days,
  fileOfBars,
  syntheticBars,
  written,
} from '../unit/import/synthetic-bars.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const [first, last] = days('2024-03-04', '2024-03-15');
const { normal } = randomStream(5, 'macro');
const macro = ['VIX', 'INDEX', 'OIL'].flatMap((series) =>
  Array.from({ length: 30 }, (_, i) => {
    const date = new Date((first - 15 + i) * 86_400_000).toISOString().slice(0, 10);
    return `${series},${date},${(25 * (1 + 0.1 * normal())).toFixed(3)}`;
  }),
);

let engine: Engine;
let dataset: Dataset;
beforeAll(async () => {
  engine = await startNodeEngine();
  dataset = await importAll(engine, [
    ...(['XNYS', 'XETR', 'XTKS'] as const).map((exchange) =>
      file(
        `${exchange}.csv`,
        fileOfBars(syntheticBars(exchange, first, last, 1800), written.local),
        { exchange },
      ),
    ),
    file('macro.csv', ['series,date,value', ...macro, ''].join('\n'), { role: 'macro' }),
  ]);
});

/** Audits a study over the bars that it thinks in. */
async function audited(settings: object, points: number, of = dataset) {
  const study: Study = { ...completeStudy(settings), seed: 11 };
  const tables = new FeatureTables(engine);
  const made = await reframed(of, study, undefined, { engine, tables, signal: quiet.signal });
  return { report: await auditLookAhead(study, { engine, dataset: made, ...quiet }, points) };
}

const dates: Written = (_, clock) => new Date(clock * 1000).toISOString().slice(0, 10);

const zscore = {
  strategy: { id: 'zscore-reversion', parameters: { window: 5, entryThreshold: 0.3 } },
  exits: { stop: 1, target: 2, longestHolding: 3 },
  risk: { maximumPositions: 3, killSwitch: null },
};

describe('honest studies pass by step', () => {
  it.each([
    [
      'bars of three exchanges, capped by volume',
      { ...zscore, execution: { maximumParticipation: 0.01 } },
    ],
    ['flat at the end of each session', { ...zscore, session: { flat: true, dayOrders: true } }],
    ['accounts of their own', { ...zscore, risk: { ...zscore.risk, accounts: 'per-symbol' } }],
    ['sessions made of half hours', { ...zscore, bars: { every: 'session', hours: 'regular' } }],
    ['macro values', { strategy: { id: 'harvester' }, exits: { stop: 1, target: 2 } }],
    ['fills at the prior close', { ...zscore, execution: { fill: 'prior-close' } }],
    ['weights', { strategy: { id: 'momentum-weights' } }],
  ])('%s', { timeout: 60_000 }, async (_, settings) => {
    const { report } = await audited(settings, 8);
    expect(report.replays.filter(({ found }) => found !== null)).toEqual([]);
    expect(report.replays[0]).toMatchObject({ unit: 'step', of: 349, exhaustive: false });
    expect(report.notes).toContain('Times in UTC.');
  });

  it('where one exchange’s hours are under way when another’s are over', async () => {
    // Without the opens of bars under way, New York’s entries of 14:30 leave Frankfurt’s curve at 15:00.
    const { report } = await audited({ ...zscore, bars: { every: '1h', hours: 'all' } }, 40);
    expect(report.clean).toBe(true);
    expect(report.notes.join(' ')).toContain('Where some bars are under way');
  });

  it('and daily bars of one exchange by session, their own bars too', async () => {
    const daily = await importAll(engine, [
      file(
        'SPY.csv',
        fileOfBars(syntheticBars('XNYS', ...days('2024-01-02', '2024-03-15'), 86_400), dates),
        {
          exchange: 'XNYS',
        },
      ),
    ]);
    const { report } = await audited(zscore, 6, daily);
    expect(report.replays.map(({ text }) => text)).toEqual([
      'Future cut off: 6 of 51 sessions tried, nothing in the past changed.',
      'Future replaced by noise: 6 of 51 sessions tried, nothing in the past changed.',
      'The bar’s own high, low, close and volume replaced: 6 of 52 sessions tried, nothing in the past changed.',
    ]);
  });
});
