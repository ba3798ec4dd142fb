import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../../../src/domain/validation/statistics/cells.ts';
import {
  deflatedEvidence,
  sharpeEvidence,
} from '../../../../../src/domain/validation/statistics/sharpe-evidence.ts';
import type { OverfittingEvidence } from '../../../../../src/domain/validation/statistics/verdict.ts';
import { overfittingVerdict, verdictOn } from '../../../../../src/present/overfitting-verdict.ts';
import { finish, foundBy, known, matrixOf, noise, noiseMatrix, stream } from './series.ts';

const sound: OverfittingEvidence = {
  probabilistic: 0.999,
  deflated: 0.99,
  pbo: 0.03,
  superior: 0.001,
  cells: { positive: 0.5, low: -0.01 },
};
const everywhere = { positive: 0.97, low: 0.05 };
const nothingTested = { pbo: null, superior: null, cells: null };

describe('the verdict', () => {
  it.each<[string, Partial<OverfittingEvidence>, string]>([
    ['all is sound', {}, 'edge real'],
    ['nothing but DSR is known', nothingTested, 'edge real'],
    ['the Sharpe ratio itself is luck', { probabilistic: 0.9, deflated: 0.4 }, 'no edge'],
    ['it is the best of many', { deflated: 0.6 }, 'edge likely overfit'],
    ['the choice does not carry over', { pbo: 0.5 }, 'edge likely overfit'],
    ['the best of noise does as well', { superior: 0.3 }, 'edge likely overfit'],
    ['every trial has it', { pbo: 0.5, cells: everywhere }, 'edge real, choice irrelevant'],
    ['every trial has it and one has more', { cells: everywhere }, 'edge real'],
    [
      'every trial is as lucky as the benchmark',
      { pbo: 0.5, superior: 0.4, cells: everywhere },
      'edge likely overfit',
    ],
  ])('where %s', (_, change, kind) => {
    const found = verdictOn({ ...sound, ...change });
    expect(found.kind).toBe(kind);
    expect(found.sentences.length).toBeGreaterThan(1);
    for (const sentence of found.sentences) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });

  it('is missing without a Sharpe ratio', () => {
    const none = { reason: 'No parameter search has been run yet.' };
    const sharpe = known(sharpeEvidence(noise(300, 1, 0.002)));
    const parts = { pbo: none, superior: none, cells: none };
    const deflated = deflatedEvidence(sharpe, { trials: 1, variance: 0 }, 252);
    expect(overfittingVerdict({ sharpe, deflated, ...parts })).toMatchObject({ kind: 'edge real' });
    expect(overfittingVerdict({ sharpe, deflated: none, ...parts })).toBe(none);
    expect(overfittingVerdict({ sharpe: none, deflated, ...parts })).toBe(none);
  });
});

describe('what the Sharpe ratio is worth', () => {
  it('is deflated by the ledger; with one trial it is PSR, and says so', () => {
    const sharpe = known(sharpeEvidence(noise(1000, 1, 0.001)));
    expect(sharpe.minimumTrackRecord).toBeGreaterThan(1);
    const one = deflatedEvidence(sharpe, { trials: 1, variance: 0 }, 252);
    expect(one).toMatchObject({
      expectedMaximum: 0,
      probability: sharpe.probability,
      minimumBacktestYears: null,
      remark: expect.stringContaining('fewer than two trials'),
    });
    const many = known(deflatedEvidence(sharpe, { trials: 100, variance: 0.001 }, 252));
    expect(many.probability).toBeLessThan(sharpe.probability);
    expect(many.expectedMaximum).toBeGreaterThan(0.07);
    expect(many.remark).toBeNull();
  });

  it('says why there is none', () => {
    expect(sharpeEvidence(noise(1))).toHaveProperty('reason');
    expect(sharpeEvidence(new Float64Array(9))).toEqual({ reason: 'Returns don’t vary.' });
    const losing = sharpeEvidence(noise(50, 1, -0.01));
    expect(losing).toMatchObject({ minimumTrackRecord: null });
  });
});

describe('all trials of a search', () => {
  it('are judged by the middle one, and the chosen one by its place', () => {
    const rows = Array.from({ length: 9 }, (_, k) => noise(400, k + 1, 0.0003 * (k + 1)));
    const found = foundBy(cellsOf(matrixOf([...rows, new Float64Array(400)]), 8, 200, stream()));
    expect(found.trials).toBe(10);
    expect(found.positive).toBeGreaterThan(0.7);
    expect(found.middle.sharpe).toBe(found.sharpe.median);
    expect(found.middle.spread.p5).toBeLessThan(found.middle.sharpe);
    expect(found.chosen!.better).toBeGreaterThan(0.5);
  });

  it('may be without the chosen one, and need two that vary', () => {
    expect(finish(cellsOf(noiseMatrix(3, 50), null, 20, stream()))).toMatchObject({ chosen: null });
    expect(finish(cellsOf(noiseMatrix(1, 50), 0, 20, stream()))).toHaveProperty('reason');
  });
});
