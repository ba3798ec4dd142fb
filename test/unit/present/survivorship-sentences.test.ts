import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../src/present/survivorship-sentences.ts';

describe('the sentences', () => {
  const figures = { cagr: 0.1, sharpe: 1, maxDrawdown: -0.2, trades: 10 };
  const report = {
    basis: 'universe' as const,
    symbols: 40,
    ended: [],
    attrition: [],
    expected: { share: 0.3, chanceOfNone: 0.001, perYear: 0.048, source: 'A source.' },
    suspicious: true,
    full: figures,
    reruns: [],
    stress: [],
  };
  const rerun = {
    title: 'Survivors only',
    bias: 'delisting' as const,
    symbols: 1,
    figures,
    reason: null,
  };

  it('warn of many symbols none of which ever ended', () => {
    expect(sentencesOf(report).join(' ')).toMatch(/probably one of survivors.*A source\.$/);
    expect(sentencesOf({ ...report, suspicious: false })).toEqual([
      'Of 40 symbols, 0 are delisted before the data end.',
    ]);
  });

  it('say what changes, which way, and what cannot be compared', () => {
    const difference = { cagr: -0.0123, sharpe: null, maxDrawdown: 0, trades: 0 };
    expect(sentencesOf({ ...report, reruns: [{ ...rerun, difference }] })[0]).toBe(
      'Survivors only (1 symbol), against all of them: CAGR is 1.23 percentage points lower, the Sharpe ratio cannot be compared, the deepest drawdown is the same. That is survivorship by delisting in this study (those that ended are missing); in another it may go the other way.',
    );
  });

  it('say when no delisting met a position', () => {
    const stress = [{ adverse: 0, figures }];
    expect(sentencesOf({ ...report, stress }).at(-1)).toContain('No position was open');
  });
});
