import { liveSettings } from '../../../src/domain/live/gate.ts';
import { type LiveReplay, replayed } from '../../../src/domain/live/replay.ts';
import { datedTrades, fillsAsTraded } from '../../../src/domain/run.ts';
import type { Rows } from '../../../src/domain/units.ts';
import type { OnProgress } from '../../../src/wire/lab.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import type { Dataset } from '../dataset.ts';
import { featureColumns } from '../feature-columns.ts';
import type { Run } from '../run.ts';
import { type SignalContext, computeFeatures } from '../signals.ts';

/**
 * The last run's study on paper, with what its strategy saw at each signal. Throws a LabError of kind `study` where no market
 * can trade it as it is written.
 */
export async function liveReplay(
  { result, plan, signals, sessions }: Run,
  { market }: Dataset,
  context: SignalContext & { readonly onProgress: OnProgress },
): Promise<LiveReplay> {
  const { study } = result;
  const { delay } = study.execution;
  const { onProgress, signal } = context;
  const settings = liveSettings(study);
  onProgress({ phase: 'simulation', label: 'Trading on paper', ratio: 0.1 });
  const replay = replayed({ market, signals, settings, steps: sessions });
  stopIfAborted(signal);
  onProgress({ phase: 'features', label: 'What the strategy saw', ratio: 0.5 });

  const { column, label, threshold, parts = [] } = plan.chart;
  const names = [column, ...parts.map(({ column }) => column)].filter(
    (name) => name in plan.columns,
  );
  const drawn = names.map((name) => plan.columns[name]!.feature);
  await computeFeatures(study, plan, drawn, context);
  const values =
    names.length === 0
      ? []
      : await featureColumns(plan, names, context.engine, context.tables, 'TRUE', signal);
  /** What a column had when the signals of these rows were given; the rows are those of their orders. */
  const seenAt = (rows: Rows, name: string): Float64Array => {
    const all = values[names.indexOf(name)];
    return Float64Array.from(rows, (row) => all?.[row - delay] ?? Number.NaN);
  };

  const { signalRow } = replay.trades;
  const waits = replay.entries.signalRow;
  const opens = market.clock?.opens;
  return {
    ...replay,
    trades: datedTrades(replay.trades, market, replay.equity.day),
    fills: fillsAsTraded(replay.fills, replay.trades, market),
    seen: {
      label,
      threshold,
      value: seenAt(signalRow, column),
      parts: parts.map(({ column, ...part }) => ({ ...part, value: seenAt(signalRow, column) })),
    },
    waiting: {
      day: waits.map((row) => market.day[row]!),
      ...(opens && { opens: Float64Array.from(waits, (row) => opens[row]!) }),
      value: seenAt(waits, column),
    },
  };
}
