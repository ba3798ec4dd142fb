import { describe, expect, it } from 'vitest';
import { costsSaid, delaySaid } from '../../../src/present/break-even-words.ts';

describe('where the edge dies, in words', () => {
  it('says what the run paid beside it', () => {
    const costs = { bps: [0, 10], totalReturn: [0.2, -0.1], diesAt: 8, reason: null, paid: 3.14 };
    expect(costsSaid(costs)).toBe('The edge dies at 8 bps a fill; this run paid 3.1.');
  });

  it('does not hide that the curve rises above zero again', () => {
    const found = { bars: [0, 1, 2, 3], totalReturn: [0.2, -0.1, 0.05, null], diesAt: 1 };
    expect(delaySaid({ ...found, reason: null })).toMatch(
      /^The edge dies at 1 bar of delay\. That is the first time; at 2 it makes a profit again/,
    );
    const never = { bps: [0, 5], totalReturn: [-0.1, 0.1], diesAt: null, paid: null };
    expect(costsSaid({ ...never, reason: 'There is no profit even without any costs.' })).toMatch(
      /costs\. That is the first time; at 5 it makes a profit again/,
    );
  });
});
