/** The service on a small market with random signals: what it reports, that it can be stopped, that it repeats itself. */
import { describe, expect, it } from 'vitest';
import { simulate, stepsOfRange } from '../../src/domain/execution/simulate.ts';
import { datedTrades } from '../../src/domain/run.ts';
import { type Study, completeStudy } from '../../src/domain/study/study.ts';
import { type TrialCurve, startingCash } from '../../src/domain/trial.ts';
import { because } from '../../src/domain/validation/statistics/found.ts';
import { returnsOf } from '../../src/domain/validation/statistics/returns.ts';
import type { Progress } from '../../src/wire/lab.ts';
import { type OverfittingInput, overfitting } from '../../workers/services/overfitting.ts';
import { type Trials, trialsInProcess } from '../../workers/services/trials.ts';
import { walks } from './trial-market.ts';

const { market, signals } = walks(3, 400);
const study = completeStudy({ size: { rule: 'atr-risk' }, exits: { stop: 1, target: 2 } });

function inputOf(study: Study, own = signals): Omit<OverfittingInput, 'search'> {
  const sessions = stepsOfRange(market, study.range);
  const { equity, trades } = simulate(market, own, study, sessions);
  const result = { study, equity, trades: datedTrades(trades, market, equity.day) };
  return {
    run: { result, signals: own, sessions },
    market,
    trials: trialsInProcess(),
    ledger: { trials: 12, variance: 0.001 },
    seed: study.seed,
    samples: 100,
    rotations: 12,
  };
}

/** Twelve stops, the study’s own being the first. */
async function searched(): Promise<OverfittingInput['search']> {
  const studies = Array.from({ length: 12 }, (_, i) =>
    completeStudy({ size: { rule: 'atr-risk' }, exits: { stop: 1 + i / 4, target: 2 } }),
  );
  const curves: TrialCurve[] = [];
  await trialsInProcess().run(market, signals, studies, {
    onCurve: (i, curve) => {
      curves[i] = curve;
    },
  });
  const sessions = curves[0]!.equity.length;
  const values = new Float64Array(12 * sessions);
  for (const [i, { equity, initialCash }] of curves.entries())
    values.set(returnsOf(equity, initialCash)!, i * sessions);
  return { returns: { sessions, trials: 12, values }, chosen: 0 };
}

const calls = () => {
  const seen: Progress[] = [];
  const controller = new AbortController();
  return {
    seen,
    controller,
    options: { signal: controller.signal, onProgress: (one: Progress) => void seen.push(one) },
  };
};

describe('the report on overfitting', () => {
  it('has every part, in order, and the same bits again', async () => {
    const input = { ...inputOf(study), search: await searched() };
    const { seen, options } = calls();
    const report = await overfitting(input, options);
    expect(report).toMatchObject({
      sessions: 400,
      perYear: 365,
      sharpe: { moments: { count: 400 } },
      deflated: { trials: 12, remark: null },
      pbo: { trials: 12, splits: 12_870 },
      superior: { samples: 100 },
      cells: { trials: 12 },
      bars: { samples: 100 },
      trades: { shuffled: { samples: 100 } },
      permutation: { rotations: 12 },
      verdict: { sentences: expect.any(Array) },
    });
    const ratios = seen.map(({ ratio }) => ratio);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios.at(-1)).toBeCloseTo(1, 12);
    expect(structuredClone(report)).toEqual(report);
    expect(await overfitting(input, calls().options)).toEqual(report);
    const other = await overfitting({ ...input, seed: study.seed + 1 }, calls().options);
    expect(other.bars).not.toEqual(report.bars);
    expect(other.permutation).not.toEqual(report.permutation);
  });

  it('takes the risk-free rate off Sharpe ratios', async () => {
    const paid = { ...study, metrics: { ...study.metrics, riskFreeRate: 0.05 } };
    const sharpe = async (of: Study) => {
      const { sharpe } = await overfitting(
        { ...inputOf(of), search: { reason: because.noSearch } },
        calls().options,
      );
      return 'moments' in sharpe ? sharpe.moments.mean : NaN;
    };
    expect(await sharpe(paid)).toBeCloseTo((await sharpe(study)) - 0.05 / 365, 14);
  });

  it('says what is missing without a search, and without other trials', async () => {
    const input = {
      ...inputOf(study),
      ledger: { trials: 1, variance: 0 },
      search: { reason: because.noSearch },
    };
    const report = await overfitting(input, calls().options);
    const none = { reason: 'No parameter search has been run yet.' };
    expect(report).toMatchObject({ pbo: none, superior: none, cells: none });
    if ('reason' in report.sharpe || 'reason' in report.deflated) throw new Error('missing');
    expect(report.deflated.probability).toBe(report.sharpe.probability);
    expect(report.deflated.remark).toContain('fewer than two trials');
  });

  it('says what is missing of a run that never traded', async () => {
    const silent = { ...signals, side: new Int8Array(signals.side.length) };
    const report = await overfitting(
      { ...inputOf(study, silent), search: { reason: because.noSearch } },
      calls().options,
    );
    const flat = { reason: 'Returns don’t vary.' };
    expect(report).toMatchObject({ sharpe: flat, deflated: flat, bars: flat, verdict: flat });
    expect(report.trades).toEqual({ reason: 'There are fewer than two closed trades.' });
    expect(report.permutation).toEqual({ reason: 'The run has no Sharpe ratio to compare.' });
  });

  it('says that a ruined run has no returns', async () => {
    const input = inputOf(study);
    const { result } = input.run;
    const equity = {
      ...result.equity,
      equity: result.equity.equity.map((v, i) => (i > 9 ? -v : v)),
    };
    const run = { ...input.run, result: { ...result, equity } };
    const report = await overfitting(
      { ...input, run, search: { reason: because.noSearch } },
      calls().options,
    );
    const ruined = { reason: 'Equity fell to zero or below.' };
    expect(report).toMatchObject({ sharpe: ruined, bars: ruined, verdict: ruined });
    expect(startingCash(study, market, input.run.sessions)).toBe(100_000);
  });

  it.each(['Sessions resampled', 'Reality check', 'Signals at other times'])(
    'stops at once during «%s»',
    async (label) => {
      const { controller, seen } = calls();
      const input = { ...inputOf(study), samples: 2000, search: await searched() };
      const onProgress = (one: Progress): void => {
        seen.push(one);
        if (one.label === label) controller.abort();
      };
      await expect(
        overfitting(input, { signal: controller.signal, onProgress }),
      ).rejects.toMatchObject({ data: { kind: 'cancelled' } });
      expect(seen.at(-1)!.label).toBe(label);
    },
  );

  it('fails as its trials fail', async () => {
    let calls_ = 0;
    const own = trialsInProcess();
    const trials: Trials = {
      ...own,
      workers: 1,
      superior: own.superior.bind(own),
      run: (...of) => (++calls_ > 5 ? Promise.reject(new Error('dead')) : own.run(...of)),
      close: () => undefined,
      lendReplayers: () => [],
    };
    const input = { ...inputOf(study), trials, search: { reason: because.noSearch } };
    await expect(overfitting(input, calls().options)).rejects.toThrow('dead');
  });
});
