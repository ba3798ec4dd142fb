import { describe, expect, it } from 'vitest';
import {
  type Drift,
  type DriftRow,
  driftByDay,
  factsOfDay,
  untold,
} from '../../../../src/domain/live/drift.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { driftFinding } from '../../../../src/present/findings/drift.ts';
import { calibrationWords, driftDayWords } from '../../../../src/present/live/drift-words.ts';

const row = (day: number, slippage: number | null, market: number | null = 100): DriftRow => ({
  ...{ step: day, day, symbol: 'ABC', what: 'entry', slippage, market },
  model: slippage === null && market !== null ? null : 100,
});
const rows = [row(1, 4), row(1, -2), row(1, null, null), row(3, null), row(4, 6)];

describe('drift by session', () => {
  const days = driftByDay({ rows });

  it('has the mean of what both sides filled, and what one of them alone did', () => {
    expect(days).toEqual([
      { day: 1, compared: 2, slippage: 1, missed: 1, extra: 0 },
      { day: 3, compared: 0, slippage: null, missed: 0, extra: 1 },
      { day: 4, compared: 1, slippage: 6, missed: 0, extra: 0 },
    ]);
    expect(days.map(driftDayWords)).toEqual([
      '1970-01-02: 2 fills, 1.0 bps worse than the simulator’s; 1 missed.',
      '1970-01-04: no fill to compare; 1 that the simulator has not.',
      '1970-01-05: 1 fill, 6.0 bps worse than the simulator’s.',
    ]);
  });

  it('is told of each session once, when that is over', () => {
    const told = (day: number) =>
      ({
        at: 0,
        kind: 'drift',
        text: '',
        facts: factsOfDay(days.find((one) => one.day === day)!),
      }) as const;
    expect(untold(days, [], 4).map(({ day }) => day)).toEqual([1, 3]);
    expect(untold(days, [told(1)], 5).map(({ day }) => day)).toEqual([3, 4]);
    expect(untold(days, [told(1), told(3)], 4)).toEqual([]);
    expect(told(3).facts).toEqual({ day: 3, compared: 0, missed: 0, extra: 1 });
  });
});

describe('the finding', () => {
  const drift = (compared: number, slippage: number, error: number, missed = 0): Drift => ({
    ...{ compared, slippage, error, missed, extra: 0, latency: 1 },
    rows: Array.from({ length: compared + missed }, (_, i) =>
      i < compared ? row(i, slippage) : row(i, null, null),
    ),
  });

  it.each([
    ['open', drift(19, 50, 1)],
    ['green', drift(20, 4, 1)],
    ['green', drift(20, 20, 11)],
    ['green', drift(20, -40, 1)],
    ['amber', drift(20, 5, 1)],
    ['red', drift(20, 25, 1)],
    ['amber', drift(38, 0, 1, 2)],
    ['red', drift(32, 0, 1, 8)],
  ] as const)('is %s', (level, found) => {
    expect(driftFinding(found).level).toBe(level);
  });

  it('says what slippage would make the study’s costs the market’s, where that is a number of bps', () => {
    const { costs, ...study } = completeStudy({ strategy: { id: 'harvester' } });
    const words = (changed: object, slippage: number) =>
      calibrationWords({ ...study, costs: { ...costs, ...changed } }, drift(20, slippage, 1));
    expect(words({ slippage: 10 }, 3.456)).toContain('books 10 bps of slippage; with 13.46 bps');
    expect(words({ slippageModel: 'atr' }, 3)).toContain('only that can be calibrated');
    expect(calibrationWords({ ...study, costs }, { ...drift(0, 0, 0), slippage: null })).toContain(
      'No fill was compared',
    );
  });
});
