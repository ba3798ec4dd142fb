import { sessionCloses, sessionDays } from '../../../src/domain/session-closes.ts';
import { crossValidationNotes } from '../../../src/present/notes/walk-forward.ts';
import type { Steps } from '../../../src/domain/market.ts';
import { curveMetrics } from '../../../src/domain/metrics/quick.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { startingCash } from '../../../src/domain/trial.ts';
import { combinations, pathsOf } from '../../../src/domain/validation/combinations.ts';
import { trialsOfSearch } from '../../../src/domain/validation/ledger.ts';
import type { CrossValidation, Path, Split } from '../../../src/domain/validation/walk-forward.ts';
import { groupsSql, splitsSql } from '../../../src/sql/validation/catalogue.ts';
import { setVariables } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { int32 } from '../columns.ts';
import { stepsIn } from '../signals.ts';
import { choicesOf, putSessions } from './folds.ts';
import type { Searched } from './search.ts';
import { runWindow } from './stitch.ts';
import { putTable } from '../import/tables.ts';
import { type ValidationContext, purgeOf, signalReader } from './walk-forward.ts';
import type { Step } from '../../../src/domain/units.ts';

/** The purge where trials hold without limit, sessions. */
const fallbackPurge = 20;

/**
 * Combinatorial purged cross-validation (López de Prado 2018, ch. 12): every choice of test groups is one split; its
 * parameters are chosen on the rest, purged before and embargoed after each test group, and run afresh on each of them,
 * flat. Paths put the groups together so that each path tests every group once.
 */
export async function crossValidate(
  study: Study,
  searched: Searched,
  context: ValidationContext,
): Promise<CrossValidation> {
  const { dataset, engine, signal, onProgress } = context;
  const sessions = stepsIn(study, dataset);
  const day = sessionDays(sessions);
  const { groups: count, testGroups, embargo } = study.validation.crossValidation;
  const purge = purgeOf(study, searched.studies) ?? fallbackPurge;
  const groups = await groupsOf(count, sessions, engine);
  const tested = combinations(count, testGroups);
  putTable(engine, 'tested', {
    split: Int32Array.from(tested.flatMap((parts, split) => parts.map(() => split))),
    part: Int32Array.from(tested.flat()),
  });
  engine.run(setVariables({ purge, embargo }));
  await engine.query(`CREATE OR REPLACE TABLE training AS ${splitsSql}`, signal);
  const choices = await choicesOf(study, sessions, engine, signal);

  const signalsOf = signalReader(context);
  const cash = startingCash(study, dataset.market, sessions);
  const curves = new Map<string, Float64Array>();
  /** Growth of a trial over a group, from 1. */
  const curveOf = async (trial: number, group: number): Promise<Float64Array> => {
    const key = `${trial} ${group}`;
    const known = curves.get(key);
    if (known !== undefined) return known;
    const { from, to } = groups[group]!;
    const window = { testFrom: from, testTo: to };
    const chosen = searched.studies[trial];
    const curve =
      chosen === undefined
        ? new Float64Array(to - from + 1).fill(1)
        : sessionCloses(
            runWindow(
              dataset.market,
              sessions,
              window,
              { settings: chosen, signals: await signalsOf(chosen) },
              cash,
            ).simulation.equity,
          ).equity.map((value) => value / cash);
    curves.set(key, curve);
    return curve;
  };

  const splits: Split[] = [];
  for (const [split, parts] of tested.entries()) {
    onProgress({
      phase: 'folds',
      label: `Split ${split + 1} of ${tested.length}`,
      ratio: split / tested.length,
    });
    const choice = choices.get(split);
    const trial = choice?.trial ?? -1;
    for (const part of parts) await curveOf(trial, part);
    splits.push({
      testGroups: parts,
      trial,
      chosen: trial < 0 ? null : searched.result.candidates[trial]!,
      inSampleSharpe: choice?.sharpe ?? null,
    });
  }
  const paths: Path[] = [];
  const whole: Float64Array[] = [];
  for (const path of pathsOf(tested, count)) {
    const parts = await Promise.all(path.map((split, part) => curveOf(splits[split]!.trial, part)));
    const curve = chained(parts, day.length);
    whole.push(curve);
    const { sharpe, maxDrawdown } = curveMetrics({
      equity: { ...sessions.clock, day, equity: curve },
      initialCash: 1,
      riskFreeRate: study.metrics.riskFreeRate,
    });
    paths.push({ splits: path, totalReturn: curve.at(-1)! - 1, sharpe, maxDrawdown });
  }
  const sharpes = paths.flatMap(({ sharpe }) => sharpe ?? []).sort((a, b) => a - b);
  const idle = splits.filter(({ trial }) => trial < 0).length;
  return {
    groups,
    groupDays: groups.map(({ from, to }) => ({
      from: day[from]!,
      to: day[to]!,
    })),
    splits,
    paths,
    curves: whole,
    day,
    losing: paths.filter(({ totalReturn }) => totalReturn < 0).length / paths.length,
    medianSharpe: medianOf(sharpes),
    purge,
    embargo,
    trials: searched.result.candidates.length,
    tried: trialsOfSearch(searched.result),
    notes: crossValidationNotes({
      splits: splits.length,
      groups: count,
      paths: paths.length,
      purge,
      embargo,
      idle,
    }),
  };
}

async function groupsOf(
  groups: number,
  sessions: Steps,
  engine: Engine,
): Promise<{ from: Step; to: Step }[]> {
  putSessions(engine, sessions);
  engine.run(setVariables({ groups }));
  await engine.query(`CREATE OR REPLACE TABLE groups AS ${groupsSql}`);
  const table = await engine.query('SELECT * FROM groups ORDER BY part');
  const to = int32(table, 'to_session');
  return [...int32(table, 'from_session')].map((from, part) => ({ from, to: to[part]! }));
}

/** Curves one after another, each from what the one before left, from 1. */
function chained(parts: readonly Float64Array[], sessions: number): Float64Array {
  const curve = new Float64Array(sessions);
  let level = 1;
  let at = 0;
  for (const part of parts) {
    for (const value of part) curve[at++] = level * value;
    level *= part.at(-1) ?? 1;
  }
  return curve;
}

function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
