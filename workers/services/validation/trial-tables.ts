import type { TrialCurve } from '../../../src/domain/trial.ts';
import type { ReturnsMatrix } from '../../../src/domain/validation/search.ts';
import { returnAfter } from '../../../src/domain/validation/statistics/returns.ts';
import type { Engine } from '../../engines/engine.ts';
import { float64, int32 } from '../columns.ts';
import { putTable } from '../import/tables.ts';

type NumericColumns = Readonly<Record<string, Int32Array | Float64Array>>;

/** Values of curves that are sent to the engine at once. */
const chunk = 500_000;

/**
 * Curves and trades of a search's trials in the engine: trial_curves (trial, session, equity; session −1 holds the
 * initial cash) and trial_trades (trial, entry_session, exit_session, net), in the order of the trials. No query may
 * be under way.
 */
export function putTrials(engine: Engine, curves: ReadonlyMap<number, TrialCurve>): void {
  engine.run(`
    CREATE OR REPLACE TABLE trial_curves (trial INTEGER, session INTEGER, equity DOUBLE);
    CREATE OR REPLACE TABLE trial_trades (trial INTEGER, entry_session INTEGER, exit_session INTEGER, net DOUBLE);`);
  let waiting: Numbered[] = [];
  let values = 0;
  const flush = (): void => {
    append(engine, waiting);
    waiting = [];
    values = 0;
  };
  for (const [trial, curve] of [...curves].sort(([a], [b]) => a - b)) {
    waiting.push({ trial, curve });
    values += curve.equity.length + curve.net.length;
    if (values >= chunk) flush();
  }
  if (waiting.length > 0) flush();
}

interface Numbered {
  readonly trial: number;
  readonly curve: TrialCurve;
}

function append(engine: Engine, waiting: readonly Numbered[]): void {
  const insert = (table: string, columns: NumericColumns): void => {
    putTable(engine, 'trial_chunk', columns);
    engine.run(`INSERT INTO ${table} SELECT * FROM trial_chunk; DROP TABLE trial_chunk`);
  };
  insert('trial_curves', {
    trial: repeated(waiting, ({ equity }) => equity.length + 1),
    session: joined(Int32Array, waiting, ({ equity }) =>
      Int32Array.from({ length: equity.length + 1 }, (_, i) => i - 1),
    ),
    equity: joined(Float64Array, waiting, ({ initialCash, equity }) =>
      Float64Array.of(initialCash, ...equity),
    ),
  });
  if (waiting.every(({ curve }) => curve.net.length === 0)) return;
  insert('trial_trades', {
    trial: repeated(waiting, ({ net }) => net.length),
    entry_session: joined(Int32Array, waiting, ({ entry }) => entry),
    exit_session: joined(Int32Array, waiting, ({ exit }) => exit),
    net: joined(Float64Array, waiting, ({ net }) => net),
  });
}

function repeated(
  waiting: readonly Numbered[],
  lengthOf: (curve: TrialCurve) => number,
): Int32Array {
  return joined(Int32Array, waiting, (curve, trial) => new Int32Array(lengthOf(curve)).fill(trial));
}

function joined<T extends Int32Array | Float64Array>(
  type: new (length: number) => T,
  waiting: readonly Numbered[],
  columnOf: (curve: TrialCurve, trial: number) => ArrayLike<number>,
): T {
  const parts = waiting.map(({ trial, curve }) => columnOf(curve, trial));
  const column = new type(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    column.set(part, at);
    at += part.length;
  }
  return column;
}

/** The trials' simple returns per session, in the order of their numbers; 0 where a curve is not in the tables. */
export async function readReturns(
  engine: Engine,
  numbers: readonly number[],
  sessions: number,
  signal?: AbortSignal,
): Promise<ReturnsMatrix> {
  const table = await engine.query('SELECT trial, session, equity FROM trial_curves', signal);
  const trial = int32(table, 'trial');
  const session = int32(table, 'session');
  const equity = float64(table, 'equity');
  const place = new Map(numbers.map((number, i) => [number, i]));
  const values = new Float64Array(numbers.length * sessions);
  for (let row = 0; row < trial.length; row++) {
    if (session[row]! < 0) continue;
    const at = place.get(trial[row]!)! * sessions + session[row]!;
    values[at] = returnAfter(equity[row - 1]!, equity[row]!);
  }
  return { sessions, trials: numbers.length, values };
}
