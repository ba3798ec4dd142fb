import { describe, expect, it } from 'vitest';
import { judged } from '../../../src/domain/learning/verdict.ts';
import { learningSentence } from '../../../src/present/learning-sentence.ts';

const chance = (value: number) => ({ value, reason: null });
const better = { learned: 0.9, fixed: 0.3, significance: chance(0.02), ...both(true, false) };

function both(anyLearned: boolean, same: boolean) {
  return { anyLearned, same };
}

describe('the verdict on learning', () => {
  it.each([
    [
      better,
      'helped',
      'Learning helped: the Sharpe ratio out of sample is 0.90 with what was learned and 0.30 without it; a difference as large comes by chance in 2.0\u202f% of cases.',
    ],
    [{ ...better, significance: chance(0.0005) }, 'helped', 'less than 0.1\u202f% of cases.'],
    [
      { ...better, significance: chance(0.06) },
      'no difference',
      'Learning did not help: the Sharpe ratio',
    ],
    [
      { ...better, learned: -0.4 },
      'hurt',
      'Learning hurt: the Sharpe ratio out of sample is −0.40',
    ],
    [
      { ...better, ...both(false, true) },
      'no difference',
      'no training window taught anything to trade by',
    ],
    [
      { ...better, ...both(true, true) },
      'no difference',
      'every trade is as it would be without it',
    ],
    [
      { ...better, significance: { value: null, reason: 'Returns don’t vary.' } },
      'unknown',
      'Whether learning helped cannot be told: returns don’t vary.',
    ],
    [{ ...better, fixed: null }, 'unknown', 'a curve has no Sharpe ratio.'],
  ] as const)('%o: %s', (compared, verdict, words) => {
    expect(judged(compared)).toBe(verdict);
    expect(learningSentence(compared)).toContain(words);
  });
});
