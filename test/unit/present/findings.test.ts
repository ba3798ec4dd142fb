import { describe, expect, it } from 'vitest';
import { sampleStudy } from '../../../src/domain/study/study.ts';
import { type Finding, levels } from '../../../src/domain/validation/finding.ts';
import { type AuditedRun, findingsOn } from '../../../src/present/findings/all.ts';
import { because } from '../../../src/domain/validation/statistics/found.ts';
import { overfittingFindings } from '../../../src/present/findings/overfitting.ts';
import { type RunFacts, runFindings } from '../../../src/present/findings/run.ts';
import { verdictOf } from '../../../src/present/findings/verdict.ts';
import { survivorshipFinding } from '../../../src/present/findings/survivorship.ts';
import { lookAheadFinding, walkForwardFinding } from '../../../src/present/findings/validation.ts';
import type { Learning } from '../../../src/domain/validation/learning.ts';
import type { OverfittingReport } from '../../../src/domain/validation/statistics/report.ts';
import type { SurvivorshipReport } from '../../../src/domain/validation/survivorship.ts';
import type { WalkForward } from '../../../src/domain/validation/walk-forward.ts';

const study = sampleStudy();
const facts: RunFacts = {
  settings: study,
  closedTrades: 120,
  totalReturn: 0.1,
  ambiguity: null,
  synthetic: false,
};
const levelsOf = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ id, level }) => [id, level]));

describe('findings on a run', () => {
  it('has nothing against next-open fills with costs and many trades, but for the break-even that was not asked', () => {
    expect(levelsOf(runFindings(facts, null))).toEqual({
      fills: 'green',
      costs: 'open',
      trades: 'green',
    });
  });

  it('is red where fills see their own price, where trading is free, and where trades are few', () => {
    const settings = {
      ...study,
      execution: { ...study.execution, fill: 'same-close' },
      costs: { ...study.costs, commission: 0, slippage: 0, impact: null },
    } as const;
    const found = runFindings({ ...facts, settings, closedTrades: 29 }, null);
    expect(levelsOf(found)).toEqual({ fills: 'red', costs: 'red', trades: 'red' });
    expect(found.every(({ change }) => change !== '')).toBe(true);
  });

  it('is red where the order inside bars decides whether anything is earned', () => {
    const ambiguity = { trades: 3, stopFirst: -0.01, targetFirst: 0.02 };
    const found = runFindings({ ...facts, ambiguity, synthetic: true }, null);
    expect(levelsOf(found)).toMatchObject({ ambiguity: 'red', synthetic: 'amber' });
    expect(found.find(({ id }) => id === 'ambiguity')?.text).toContain(
      '−1.0\u202f% with the stop first everywhere, 2.0\u202f% with the target first',
    );
  });

  it('weighs what the run paid against what its edge can bear', () => {
    const dial = { bps: [0], totalReturn: [0.1], reason: null, paid: 10 };
    const delay = { bars: [0], totalReturn: [0.1], diesAt: null, reason: null };
    const levelAt = (diesAt: number) =>
      levelsOf(runFindings(facts, { costs: { ...dial, diesAt }, delay }))['costs'];
    expect([5, 15, 25].map(levelAt)).toEqual(['red', 'amber', 'green']);
  });
});

describe('findings of validation', () => {
  it('are open before anything was examined, and each says what to do', () => {
    for (const finding of [
      lookAheadFinding(null),
      walkForwardFinding(null),
      survivorshipFinding(null),
    ]) {
      expect(finding.level).toBe('open');
      expect(finding.change).not.toBe('');
    }
  });

  it('ask half of the training’s growth out of sample', () => {
    const walkForward = (sharpe: number, value: number | null) =>
      walkForwardFinding({
        trials: 9,
        folds: [],
        outOfSample: { quick: { sharpe, totalReturn: 0.05 } },
        efficiency: { value, reason: value === null ? 'No fold traded.' : null },
      } as unknown as WalkForward).level;
    expect(walkForward(0.8, 0.6)).toBe('green');
    expect(walkForward(0.8, 0.4)).toBe('amber');
    expect(walkForward(0.8, null)).toBe('amber');
    expect(walkForward(-0.1, 0.6)).toBe('red');
  });

  it('don’t call two indices survivors, and a hundred companies without a failure they do', () => {
    const report = (chanceOfNone: number) =>
      survivorshipFinding({
        suspicious: true,
        basis: 'bars',
        symbols: 2,
        ended: [],
        expected: { share: 0.2, chanceOfNone, perYear: 0.048, source: 'A paper' },
        reruns: [],
      } as unknown as SurvivorshipReport).level;
    expect(report(0.6)).toBe('amber');
    expect(report(1e-9)).toBe('red');
  });

  it('lead with inclusion bias, and call each figure by its bias', () => {
    const rerun = (title: string, bias: string, cagr: number) => ({
      title,
      bias,
      difference: { cagr },
    });
    const finding = survivorshipFinding({
      suspicious: false,
      basis: 'universe',
      symbols: 20,
      ended: [],
      expected: { share: 0.2, source: 'A paper' },
      reruns: [
        rerun('Today’s members all along', 'inclusion', 0.074),
        rerun('Survivors only', 'delisting', -0.002),
        rerun('Members at the end only', 'membership', -0.004),
      ],
    } as unknown as SurvivorshipReport);
    expect(finding.level).toBe('amber');
    expect(finding.text).toContain(
      'Today’s members all along: the CAGR is 7.40 percentage points higher, which is inclusion bias. Survivors only: the CAGR is 0.20 percentage points lower, which is survivorship by delisting. Members at the end only: the CAGR is 0.40 percentage points lower, which is survivorship by membership. 0 symbols of 20 ended early',
    );
  });
});

describe('findings of overfitting', () => {
  const reason = { reason: 'No parameter search has been run yet.' };
  const report = {
    sessions: 1000,
    perYear: 252,
    sharpe: { probability: 0.99 },
    deflated: { probability: 0.97, trials: 81, minimumBacktestYears: 2.5, remark: null },
    pbo: { probability: 0.3, trials: 81, splits: 12_870, probabilityOfLoss: 0.1 },
    superior: { consistent: 0, realityCheck: 0.03, trials: 81, samples: 1000 },
    permutation: { pValue: 0.4, rotations: 200 },
    verdict: { kind: 'edge likely overfit', sentences: ['One.', 'Two.'] },
  } as unknown as OverfittingReport;

  it('are one for each question, with its number', () => {
    const found = overfittingFindings(report);
    expect(levelsOf(found)).toEqual({
      'deflated-sharpe': 'green',
      pbo: 'amber',
      spa: 'green',
      permutation: 'red',
      edge: 'amber',
    });
    const text = found.map((finding) => finding.text).join(' ');
    expect(text).toContain('Counting 81 trials of the ledger');
    expect(text).toContain('less than 0.1\u202f% of resamples');
  });

  it('say why a part has no value, and stay open', () => {
    const missing = Object.fromEntries(Object.keys(report).map((key) => [key, reason]));
    const found = overfittingFindings(missing as unknown as OverfittingReport);
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(['open']));
    expect(found.every(({ text }) => text === reason.reason)).toBe(true);
    expect(levelsOf(overfittingFindings(null))).toEqual({ overfitting: 'open' });
    const changeOf = (reason: string) =>
      overfittingFindings({ ...report, pbo: { reason } }).find(({ id }) => id === 'pbo')?.change;
    expect(changeOf(because.noSearch)).toBe('Run a parameter search.');
    expect(changeOf(because.adaptive)).toBe('Search by grid, at random or by Latin hypercube.');
  });

  it('are gathered with all others, the gravest first', () => {
    const trades = { reason: Int8Array.of(0, 1, -1, 11) } as unknown as AuditedRun['trades'];
    const run = { study, trades, metrics: { outsample: [] }, ambiguity: null };
    const none = { lookAhead: null, survivorship: null, breakEven: null, walkForward: null };
    const learning = { verdict: 'hurt', sentence: 'Worse.' } as unknown as Learning;
    const found = findingsOn(run, { ...none, overfitting: report, learning }, true);
    expect(found.find(({ id }) => id === 'trades')?.text).toBe('2 closed trades.');
    const ranks = found.map(({ level }) => levels.indexOf(level));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(levelsOf(found)).toMatchObject({ learning: 'amber', synthetic: 'amber' });
  });
});

describe('the verdict', () => {
  const finding = (level: Finding['level'], title = 'Something'): Finding => ({
    ...lookAheadFinding(null),
    level,
    title,
  });

  it('is the gravest finding’s, and names it', () => {
    expect(
      verdictOf([finding('green'), finding('red', 'It sees the future'), finding('open')]),
    ).toEqual({
      level: 'red',
      sentence: 'Do not trust this result as it stands: it sees the future.',
    });
    expect(verdictOf([finding('green'), finding('open')]).level).toBe('open');
    expect(verdictOf([finding('green')]).level).toBe('green');
  });
});
