import { sessionCloses } from '../../src/domain/session-closes.ts';
import { perYearOf } from '../../src/domain/calendar.ts';
import type { Market } from '../../src/domain/market.ts';
import { randomStream } from '../../src/domain/random.ts';
import type { Known } from '../../src/domain/shards/answers.ts';
import { startingCash } from '../../src/domain/trial.ts';
import type { ReturnsMatrix } from '../../src/domain/validation/search.ts';
import { automaticBlockLength } from '../../src/domain/validation/statistics/block-length.ts';
import { distributionOf } from '../../src/domain/validation/statistics/distribution.ts';
import {
  type Found,
  type Missing,
  because,
  isMissing,
} from '../../src/domain/validation/statistics/found.ts';
import { resampledBars } from '../../src/domain/validation/statistics/monte-carlo-bars.ts';
import {
  monteCarloTrades,
  netOfClosed,
} from '../../src/domain/validation/statistics/monte-carlo-trades.ts';
import type {
  OverfittingReport,
  Permutation,
} from '../../src/domain/validation/statistics/report.ts';
import { excessOf, returnsOf } from '../../src/domain/validation/statistics/returns.ts';
import {
  permutationPValue,
  rotatedSignals,
} from '../../src/domain/validation/statistics/rotated-signals.ts';
import {
  type KnownTrials,
  deflatedEvidence,
  sharpeEvidence,
} from '../../src/domain/validation/statistics/sharpe-evidence.ts';
import { overfittingVerdict } from '../../src/present/overfitting-verdict.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import { stopIfAborted } from '../engines/engine.ts';
import { nextTurn } from './drive.ts';
import type { Run } from './run.ts';
import { judgedTrials, labelsOfTrials, parts, streamOf } from './trial-evidence.ts';
import type { Trials } from './trials.ts';

export interface OverfittingInput {
  readonly run: Pick<Run, 'signals' | 'sessions'> & {
    readonly result: Pick<Run['result'], 'study' | 'equity' | 'trades'>;
  };
  readonly market: Market;
  readonly trials: Trials;
  readonly ledger: KnownTrials;
  /** The last search’s returns by session, and the study’s own trial among them. */
  readonly search: Found<{ readonly returns: ReturnsMatrix; readonly chosen: number | null }>;
  readonly seed: number;
  /** 1,000 and 200 unless told. */
  readonly samples?: number;
  readonly rotations?: number;
}

interface Calls {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Rotations that shards have simulated. */
  readonly known?: Known | undefined;
}

/** Rotations of the signals, unless another number is told. */
export const rotationsAsked = 200;

/** Sets of rotated signals that wait for the workers, or are with them. */
const ahead = 4;

const shares = {
  bars: ['Sessions resampled', 0.04],
  trades: ['Trades shuffled', 0.02],
  pbo: [labelsOfTrials.pbo, 0.1],
  superior: [labelsOfTrials.superior, 0.5],
  cells: [labelsOfTrials.cells, 0.04],
  permutation: ['Signals at other times', 0.3],
} as const;

/** All statistics of overfitting of a finished run; what cannot be had says why. Rejects when it is cancelled. */
export async function overfitting(
  input: OverfittingInput,
  { signal, onProgress, known }: Calls,
): Promise<OverfittingReport> {
  const { run, market, ledger, search, seed, samples = 1000 } = input;
  const { study } = run.result;
  const equity = sessionCloses(run.result.equity);
  const perYear = perYearOf(equity);
  const free = study.metrics.riskFreeRate / perYear;
  const initialCash = startingCash(study, market, run.sessions);
  const returns = returnsOf(equity.equity, initialCash);
  const inPart = parts(shares, { signal, onProgress });

  const ruined: Missing = { reason: because.ruined };
  const sharpe = returns === null ? ruined : sharpeEvidence(excessOf(returns, free));
  const deflated = isMissing(sharpe) ? sharpe : deflatedEvidence(sharpe, ledger, perYear);
  const blockLength = returns === null ? 1 : automaticBlockLength(returns);
  const bars =
    returns === null
      ? ruined
      : await inPart(
          'bars',
          resampledBars(returns, { samples, blockLength, free, stream: streamOf(seed, 'bars') }),
        );
  const trades = await inPart(
    'trades',
    monteCarloTrades(
      netOfClosed(run.result.trades),
      initialCash,
      samples,
      streamOf(seed, 'trades'),
    ),
  );

  const ofTrials = isMissing(search)
    ? { pbo: search, superior: search, cells: search }
    : await judgedTrials(
        { ...search.returns, values: excessOf(search.returns.values, free) },
        search.chosen,
        { seed, samples, pool: input.trials, signal },
        inPart,
      );
  const permutation = await permuted(input, { signal, known }, inPart.at('permutation'));

  const found = { sharpe, deflated, ...ofTrials };
  return {
    sessions: equity.equity.length,
    perYear,
    ...found,
    bars,
    trades,
    permutation,
    verdict: overfittingVerdict(found),
  };
}

/** The run’s Sharpe ratio among those of the same signals at random other times. */
async function permuted(
  input: OverfittingInput,
  { signal, known }: Pick<Calls, 'signal' | 'known'>,
  report: (ratio: number) => void,
): Promise<Found<Permutation>> {
  const { run, market, trials, rotations = rotationsAsked } = input;
  const [own] = await trials.run(market, run.signals, [run.result.study], { signal });
  stopIfAborted(signal);
  if (own?.sharpe == null) return { reason: 'The run has no Sharpe ratio to compare.' };
  const places = Array.from({ length: rotations }, (_, i) => i);
  const ratios = known
    ? places.map((place) => known.rotation(place))
    : await rotatedRatios(input, places, signal, report);
  const found = ratios.filter((one) => one !== null);
  if (found.length === 0) return { reason: 'No rotation of the signals has a Sharpe ratio.' };
  return {
    rotations,
    own: own.sharpe,
    rotated: distributionOf(Float64Array.from(found)),
    without: rotations - found.length,
    pValue: permutationPValue(own.sharpe, ratios),
  };
}

/** Sharpe ratios of the rotations of these numbers. Rejects when it is cancelled. */
export async function rotatedRatios(
  { run, market, trials, seed }: Pick<OverfittingInput, 'run' | 'market' | 'trials' | 'seed'>,
  places: readonly number[],
  signal: AbortSignal,
  report: (ratio: number) => void,
): Promise<readonly (number | null)[]> {
  const { study } = run.result;
  const { day } = run.sessions;
  const days = { from: day[0]!, to: day.at(-1)! };
  const ratios: (number | null)[] = [];
  const running: Promise<void>[] = [];
  let done = 0;
  for (const [i, place] of places.entries()) {
    const stream = randomStream(seed, `signal rotation ${place}`);
    const rotated = rotatedSignals(market, run.signals, days, stream);
    running.push(
      trials.run(market, rotated, [study], { signal }).then(([result]) => {
        ratios[i] = result?.sharpe ?? null;
        report(++done / places.length);
      }),
    );
    running.at(-1)!.catch(() => undefined); // It is waited for below.
    await running.at(-ahead);
    await nextTurn(signal);
  }
  await Promise.all(running);
  stopIfAborted(signal);
  return ratios;
}
