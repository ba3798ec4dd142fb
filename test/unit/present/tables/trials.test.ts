import { drawsSaid, rungSentences, tieSentence } from '../../../../src/present/search-words.ts';
import { describe, expect, test } from 'vitest';
import { list, span } from '../../../../src/domain/search/dimensions.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { trialsOfSearch } from '../../../../src/domain/validation/ledger.ts';
import {
  type SearchResult,
  begunOf,
  unfinishedOf,
} from '../../../../src/domain/validation/search.ts';
import type { TrialMetric } from '../../../../src/domain/validation/trial-metrics.ts';
import { ownTrial } from '../../../../src/domain/search/candidates.ts';
import { ordered } from '../../../../src/present/tables/table.ts';
import { metricColumn, trialsTable } from '../../../../src/present/tables/trials.ts';
import { csvTextOf } from '../../../pieces.ts';

const numbers = Float64Array.of(1, NaN, 3);
const found: SearchResult = {
  dimensions: [span('/exits/stop', 1, 3, 3), list('/strategy/parameters/sides', ['long', 'both'])],
  titles: ['Stop', 'Sides'],
  candidates: [
    [1, 'both'],
    [2, 'long'],
    [null, 'both'],
  ],
  metrics: {
    sharpe: numbers,
    sortino: numbers,
    totalReturn: numbers,
    cagr: numbers,
    maxDrawdown: numbers,
    winRate: numbers,
    profitFactor: numbers,
    costs: numbers,
    trades: Int32Array.of(5, 0, 7),
  },
  objective: 'sharpe',
  plateau: Float64Array.of(NaN, 2, 2),
  best: 2,
  own: 0,
  asked: 6,
  leftOut: { count: 0, reason: '' },
  year: 252,
  sessions: 100,
  digests: ['a', 'b', 'c'],
  kept: 3,
};

describe('the trials of a search', () => {
  test('are sorted with what is missing last, both ways', () => {
    const by = (metric: TrialMetric, descending: boolean) => [
      ...ordered(3, (trial) => metricColumn(metric, found).cell(found, trial), descending),
    ];
    expect(by('sharpe', true)).toEqual([2, 0, 1]);
    expect(by('sharpe', false)).toEqual([0, 2, 1]);
    expect(by('plateau', true)).toEqual([1, 2, 0]);
  });

  test('know which of them the study on screen is', () => {
    expect(ownTrial(completeStudy({}), found)).toBe(0);
    expect(ownTrial(completeStudy({ exits: { stop: null } }), found)).toBe(2);
    expect(ownTrial(completeStudy({ exits: { stop: 9 } }), found)).toBe(-1);
  });

  test('go into a file, what is missing as an empty cell', async () => {
    const lines = (await csvTextOf(trialsTable(found))).split('\r\n');
    expect(lines[0]).toMatch(/^exits\.stop,strategy\.parameters\.sides,sharpe,/);
    expect(lines[2]).toBe('2,long,,,,,,,,0,,2,b');
    expect(lines[3]).toBe(',both,3,3,3,3,3,3,3,7,3,2,c');
  });
});

test('trials that share the best value are counted, and the rule is told; too few trades do not tie', () => {
  const sharing = (trades: readonly number[]) => {
    const metrics = { ...found.metrics, sharpe: Float64Array.of(1.5, 1.5, 1.5) };
    return tieSentence(
      { ...found, best: 0, metrics: { ...metrics, trades: Int32Array.from(trades) } },
      5,
    );
  };
  expect(sharing([5, 0, 7])).toBe(
    '2 trials share this best value; shown is the first of them in the order of the search.',
  );
  expect(sharing([5, 0, 4])).toBe('');
  expect(tieSentence({ ...found, best: -1 }, 5)).toBe('');
});

test('successive halving says how far its sets came', () => {
  const short = { candidate: [1, 'long'], rung: 0, digest: 'd', sharpe: null, sessions: 34 };
  const halving = {
    ...({ budget: 'sessions', whole: 100 } as const),
    rungs: [
      { budget: 34, sets: 4, pruned: 1 },
      { budget: 100, sets: 3, pruned: 0 },
    ],
    short: [short],
  };
  expect(rungSentences({ halving })).toEqual([
    'Rung 1: 4 trials on the first 34 of 100 sessions; 1 went no further.',
    'Rung 2: 3 trials on all 100 sessions.',
  ]);
  const bySymbols = { ...halving, budget: 'symbols', whole: 7 } as const;
  expect(
    rungSentences({ halving: { ...bySymbols, rungs: [{ budget: 3, sets: 4, pruned: 1 }] } }),
  ).toEqual(['Rung 1: 4 trials on 3 of 7 symbols; 1 went no further.']);
  expect(rungSentences(found)).toEqual([]);
  // They were tried, and have no number of the whole range.
  const pruned = { ...found, asked: 5, halving };
  expect([begunOf(pruned), unfinishedOf(pruned)]).toEqual([4, 1]);
  expect(trialsOfSearch(pruned).at(-1)).toEqual({ digest: 'd', sharpe: null, sessions: 34 });
});

test('what becomes of draws is said before they are run', () => {
  const said = (search: object) => drawsSaid(completeStudy({ validation: { search } }));
  const halving = { method: 'halving', trials: 100 };
  expect(said(halving)).toBe(': 33 on all sessions');
  expect(said({ ...halving, rungs: 3, budget: 'symbols' })).toBe(': 33 go on, 11 on all symbols');
  expect(said({ ...halving, trials: 2 })).toBe(', each on all sessions');
  expect(said({ method: 'evolution' })).toBe(
    ', 8 at once, each generation made of the better ones before',
  );
  expect(said({ method: 'random' })).toBe('');
});
