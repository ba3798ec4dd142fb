import { perYearOf } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { StepTimes } from '../../../src/domain/market.ts';
import { sessionDays } from '../../../src/domain/session-closes.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import type { Fold } from '../../../src/domain/validation/walk-forward.ts';
import { choicesSql, foldsSql, purgedSql } from '../../../src/sql/validation/catalogue.ts';
import { type RowOf, reading } from '../../../src/sql/query.ts';
import { setVariables } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import { int32 } from '../columns.ts';
import { putTable } from '../import/tables.ts';
import type { Days, StepIndices } from '../../../src/domain/units.ts';

/** The best trial of one fold's training ranges; null numbers have no value there. */
export type FoldChoice = RowOf<typeof choices.yields>;
const choices = reading(choicesSql, {
  fold: 'integer',
  trial: 'integer',
  trades: 'integer',
  sharpe: 'number or null',
  sortino: 'number or null',
  total_return: 'number or null',
  profit_factor: 'number or null',
});

/** Fills the tables `sessions` and `folds` and returns the study's folds, before any purge. */
export async function foldsOf(
  study: Study,
  steps: StepTimes,
  engine: Engine,
  signal?: AbortSignal,
): Promise<readonly Fold[]> {
  const sessions = putSessions(engine, steps);
  const { window, unit, train, test, step } = study.validation.walkForward;
  engine.run(
    setVariables({
      unit,
      anchored: window === 'anchored',
      train_length: train,
      test_length: test,
      step_length: step ?? test,
    }),
  );
  await engine.query(`CREATE OR REPLACE TABLE folds AS ${foldsSql}`, signal);
  const table = await engine.query('SELECT * FROM folds ORDER BY fold', signal);
  const [trainFrom, trainTo, testFrom, testTo] = (
    ['train_from', 'train_to', 'test_from', 'test_to'] as const
  ).map((name) => int32(table, name)) as [StepIndices, StepIndices, StepIndices, StepIndices];
  const folds = Array.from({ length: table.numRows }, (_, i) => ({
    trainFrom: trainFrom[i]!,
    trainTo: trainTo[i]!,
    testFrom: testFrom[i]!,
    testTo: testTo[i]!,
  }));
  if (folds.length > 0) return folds;
  throw new LabError({
    kind: 'data',
    code: 'too-short',
    problem: `${sessions.length} sessions hold no training window of ${train} ${unit} with a test window after it.`,
    remedy: 'Use shorter windows, or more data.',
    place: { path: '/validation/walkForward/train', value: String(train) },
  });
}

/** Fills the table `sessions` and returns their days. */
export function putSessions(engine: Engine, steps: StepTimes): Days {
  const day = sessionDays(steps);
  putTable(engine, 'sessions', {
    session: Int32Array.from({ length: day.length }, (_, i) => i),
    day,
  });
  return day;
}

/** Fills the table `training` from `folds`; the purge of each fold, in sessions. `purge` null: the longest holding time of the trades. */
export async function purgeFolds(
  purge: number | null,
  engine: Engine,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  engine.run(setVariables({ purge: purge ?? -1 }));
  await engine.query(`CREATE OR REPLACE TABLE training AS ${purgedSql}`, signal);
  const table = await engine.query('SELECT purge FROM training ORDER BY fold', signal);
  return [...int32(table, 'purge')];
}

/** The best trial by fold over the tables `training`, `trial_curves` and `trial_trades`; folds without one are left out. */
export async function choicesOf(
  study: Study,
  { day, clock }: StepTimes,
  engine: Engine,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, FoldChoice>> {
  const { objective, minimumTrades } = study.validation.walkForward;
  const year = perYearOf({ day, ...clock });
  engine.run(
    setVariables({
      free: study.metrics.riskFreeRate / year,
      year,
      objective,
      minimum_trades: minimumTrades,
    }),
  );
  const found = await ask(engine, choices, {}, signal);
  return new Map(found.map((choice) => [choice.fold, choice]));
}
