import { describe, expect, it } from 'vitest';
import type {
  HeadlineMetric,
  PinnedRun,
  RunSummary,
  SharpeTest,
} from '../../../src/domain/journal.ts';
import { sampleStudy } from '../../../src/domain/study/study.ts';
import type { Curve } from '../../../src/domain/validation/statistics/common-sessions.ts';
import { growthChart } from '../../../src/present/charts/growth.ts';
import {
  curvesTable,
  numbersTable,
  settingsTable,
  sharpeTable,
} from '../../../src/present/tables/comparison.ts';
import type { ComparedRun } from '../../../src/domain/growth.ts';
import type { ComparisonState } from '../../../src/state/comparison.svelte.ts';
import { differingSections } from '../../../src/domain/study/differing.ts';
import { daysOf, growthLines, growthOn, sessionsInCommon } from '../../../src/domain/growth.ts';
import { metricRows } from '../../../src/domain/metric-differences.ts';
import { sharpeSentence } from '../../../src/present/sharpe-words.ts';
import { differenceWord, growthWord } from '../../../src/present/history-words.ts';
import { hex } from './journals.ts';
import { csvTextOf } from '../../pieces.ts';

const metric = (id: string, value: number | null, unit: HeadlineMetric['unit'] = 'ratio') => ({
  ...{ id, label: id, unit, value },
  ...(value === null && { reason: 'None.' }),
});

const curve = (from: number, ...equity: number[]): Curve => ({
  day: Int32Array.from(equity, (_, i) => from + i),
  equity: Float64Array.from(equity),
});

/** Long enough for numbers a year. */
const long = {
  curve: {
    day: Int32Array.from({ length: 40 }, (_, i) => 10 * i),
    equity: new Float32Array(40).fill(100),
  },
};

function pinned(place: number, differs: Partial<RunSummary> = {}): PinnedRun {
  const run = {
    ...{ id: hex(String(place)), madeAt: '2026-01-31T12:00:00.000Z', name: 'Run', engine: '0.2.0' },
    ...{ strategy: 'harvester', studyDigest: hex('1'), fingerprint: hex('f'), dataset: 'bars.csv' },
    ...{ digests: { trades: hex('1'), equity: hex('2'), metrics: hex('3') }, labels: [] },
    metrics: [],
    curve: { day: Int32Array.of(10, 20), equity: Float32Array.of(50, 100) },
  };
  return { place, run: { ...run, ...differs } };
}

const compared = (
  place: number,
  whole: Curve | null,
  differs?: Partial<RunSummary>,
): ComparedRun => ({
  ...pinned(place, differs),
  curve: whole,
});

describe('metrics beside the first run’s', () => {
  const rows = metricRows([
    pinned(1, {
      ...long,
      metrics: [
        metric('sharpe', 1),
        metric('max-drawdown', -0.2, 'percent'),
        metric('costs', 9),
        metric('trades', 3),
      ],
    }).run,
    pinned(2, {
      ...long,
      metrics: [
        metric('sharpe', 0.5),
        metric('max-drawdown', -0.1, 'percent'),
        metric('costs', 9),
        metric('trades', 4),
        metric('calmar', 1),
      ],
    }).run,
    pinned(3, { ...long, metrics: [metric('sharpe', null), metric('costs', 8)] }).run,
  ]);
  const verdicts = (id: string) =>
    rows.find((row) => row.id === id)?.cells.map(({ verdict }) => verdict);

  it('are withheld of a run that is too short for them', () => {
    const [row] = metricRows([pinned(1, { metrics: [metric('cagr', 3e6)] }).run]);
    expect(row?.cells[0]?.metric).toMatchObject({
      ...{ value: null, reason: 'Too short to annualise: 2 sessions, less than a year.' },
    });
  });

  it('say what is better, what is worse, and nothing where more is neither', () => {
    expect(verdicts('sharpe')).toEqual([null, 'worse', null]);
    expect(verdicts('max-drawdown')).toEqual([null, 'better', null]);
    expect(verdicts('costs')).toEqual([null, 'same', 'better']);
    expect(verdicts('trades')).toEqual([null, null, null]);
    expect(verdicts('calmar')).toEqual([null, null, null]); // The first run has none.
  });

  it('give the difference with its sign and unit', () => {
    expect(rows[1]?.cells[1]?.difference).toBeCloseTo(0.1, 15);
    expect(differenceWord(0.1, 'percent')).toBe('+10.00\u202fpp');
    expect(differenceWord(-0.314, 'ratio')).toBe('−0.31');
    expect(differenceWord(-1e-9, 'ratio')).toBe('0.00');
    expect(differenceWord(1234.5, 'currency')).toBe('+1,234.50');
    expect(differenceWord(-12, 'count')).toBe('−12');
    expect(differenceWord(1, 'bars')).toBe('+1 bar');
    expect(differenceWord(3, 'date')).toBe('+3 days');
    expect(growthWord(0.125)).toBe('+12.50\u202f%');
    expect(growthWord(null)).toBe('—');
  });
});

describe('curves over one another', () => {
  const runs = [compared(1, curve(1, 100, 110, 121, 121)), compared(3, curve(2, 50, 100, 25))];

  it('grow from the first session of each, or from the first that all have', () => {
    const each = growthLines(runs, null);
    expect(each.map(({ growth }) => growth.at(-1)?.toFixed(4))).toEqual(['0.2100', '-0.5000']);
    const only = sessionsInCommon(runs);
    expect([...only!]).toEqual([2, 3, 4]);
    const [first] = growthLines(runs, only);
    expect(first?.growth.at(-1)).toBeCloseTo(0.1, 15);
  });

  it('are the small ones where no whole curve is kept', () => {
    const old = [runs[0]!, compared(2, null)];
    expect(sessionsInCommon(old)).toBeNull();
    expect([...growthLines(old, null)[1]!.growth]).toEqual([0, 1]);
  });

  it('are read at any day, and have no value before they begin and after they end', () => {
    const lines = growthLines(runs, null);
    expect([...daysOf(lines)]).toEqual([1, 2, 3, 4]);
    expect([1, 2, 4, 5].map((day) => growthOn(lines[1]!, day))).toEqual([null, 0, -0.5, null]);
    const small = growthLines([compared(2, null)], null)[0]!;
    expect(growthOn(small, 15)).toBe(0); // The session before.
  });

  it('are drawn on one scale, each with its own dashes', () => {
    const { options, drawn, total } = growthChart(growthLines(runs, null), 600, 300);
    expect({ drawn, total }).toEqual({ drawn: 7, total: 7 });
    const marks = options.marks as { stroke?: string; strokeDasharray?: string }[];
    expect(marks.slice(1).map(({ stroke, strokeDasharray }) => [stroke, strokeDasharray])).toEqual([
      ['var(--equity)', undefined],
      ['var(--long)', '2,3'],
    ]);
  });
});

const test: SharpeTest = {
  ...{ kind: 'tested', base: 0.5, run: 0.81, difference: 0.31, low: -0.12, high: 0.7451 },
  ...{
    pValue: 0.16,
    corrected: 0.16,
    sessions: 1257,
    from: 0,
    to: 2000,
    blockLength: 3,
    samples: 999,
  },
};

describe('a comparison of Sharpe ratios in words', () => {
  const pair = { base: 'A', run: 'B', tests: 1 };
  const say = (differs: Partial<SharpeTest>, tests = 1) =>
    sharpeSentence({ ...test, ...differs }, { ...pair, tests }).replace(/[\u00a0\u202f]/g, ' ');

  it.each([
    [
      'no more than luck',
      {},
      1,
      'B’s Sharpe is higher than A’s by 0.31 (95 % interval −0.12 to 0.75, p = 0.16): over 1,257 common sessions that is no more than luck explains.',
    ],
    [
      'more than luck',
      { difference: -0.31, low: -0.6, high: -0.02, pValue: 0.003, corrected: 0.009 },
      3,
      'B’s Sharpe is lower than A’s by 0.31 (95 % interval −0.60 to −0.02, p = 0.003, with Holm’s correction 0.009): over 1,257 common sessions that is more than luck explains.',
    ],
    [
      'luck among several',
      { pValue: 0.03, corrected: 0.06 },
      2,
      'B’s Sharpe is higher than A’s by 0.31 (95 % interval −0.12 to 0.75, p = 0.030, with Holm’s correction 0.060): over 1,257 common sessions that is no more than luck explains once all 2 comparisons are counted.',
    ],
    [
      'hardly any',
      { difference: 0.001 },
      1,
      'B’s Sharpe is about the same as A’s (95 % interval −0.12 to 0.75, p = 0.16): over 1,257 common sessions that is no more than luck explains.',
    ],
    [
      'one of size only',
      { difference: 0, low: 0, high: 0, pValue: 1, corrected: 1 },
      1,
      'B’s Sharpe is the same as A’s over 1,257 common sessions: their returns differ in size only.',
    ],
  ])('%s', (_, differs, tests, sentence) => {
    expect(say(differs, tests)).toBe(sentence);
  });

  it('says why there is none', () => {
    const why = [
      { kind: 'same' },
      { kind: 'few-sessions', sessions: 59 },
      { kind: 'few-sessions', sessions: 0 },
      { kind: 'no-curve', base: true, run: false },
      { kind: 'no-curve', base: true, run: true },
      { kind: 'flat', base: false, run: true },
      { kind: 'ruined', base: true, run: false },
    ] as const;
    expect(why.map((found) => sharpeSentence(found, pair))).toEqual([
      'B has the same curve as A, to the bit: there is no difference to test.',
      'B and A have 59 sessions in common: too few to compare their Sharpe ratios; it takes 60.',
      'B and A have no sessions in common: too few to compare their Sharpe ratios; it takes 60.',
      'Of A no whole curve is kept: run it again to compare the Sharpe ratios.',
      'Of A and of B no whole curve is kept: run them again to compare the Sharpe ratios.',
      'The equity of B does not vary over the common sessions: that leaves no Sharpe ratio to compare.',
      'The equity of A fell to zero or below: that leaves no Sharpe ratio to compare.',
    ]);
  });
});

describe('files of a comparison', () => {
  const study = sampleStudy('harvester');
  const runs = [
    compared(1, curve(1, 100, 110), { ...long, metrics: [metric('sharpe', 1)] }),
    compared(2, curve(2, 50, 100), { ...long, metrics: [metric('sharpe', 0.5)] }),
  ];
  const comparison = {
    runs,
    metrics: metricRows(runs.map(({ run }) => run)),
    sections: differingSections([study, { ...study, seed: 7 }]),
  } as unknown as ComparisonState;

  it('have one line for each session, metric, setting and pair', async () => {
    expect((await csvTextOf(curvesTable(growthLines(runs, null)))).split('\r\n')).toEqual([
      'date,growth_A,growth_B',
      '1970-01-02,0,',
      '1970-01-03,0.10000000000000009,0',
      '1970-01-04,,1',
      '',
    ]);
    expect(await csvTextOf(numbersTable(comparison))).toBe(
      'metric,unit,A,B,B_less_A\r\nsharpe,ratio,1,0.5,-0.5\r\n',
    );
    expect(await csvTextOf(settingsTable(comparison))).toBe(
      'section,setting,path,A,B\r\nStudy,Seed,/seed,1,7\r\n',
    );
    expect((await csvTextOf(sharpeTable(comparison, [test]))).split('\r\n')[1]).toBe(
      'B,A,tested,0.5,0.81,0.31,-0.12,0.7451,0.16,0.16,1257,3,999',
    );
    expect(await csvTextOf(sharpeTable(comparison, [{ kind: 'same' }]))).toContain(
      'B,A,same,,,,,,,,,,',
    );
  });
});
