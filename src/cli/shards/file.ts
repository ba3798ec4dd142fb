import {
  Field,
  RecordBatch,
  Schema,
  Struct,
  Table,
  makeData,
  tableFromIPC,
  tableToIPC,
} from 'apache-arrow';
import { LabError } from '../../domain/errors.ts';
import type { Job, ShardAnswers } from '../../domain/shards/answers.ts';
import { type ShardHeader, headerFrom } from '../../domain/shards/header.ts';
import type { Shard } from '../../domain/shards/shard.ts';
import type { TrialResult } from '../../domain/trial.ts';
import type { ReplayId } from '../../domain/validation/look-ahead.ts';
import { type Cell, type Kind, cellsOf, columnOf, kinds } from './columns.ts';
import { isSealed, seal, unsealed } from './sealed.ts';

/**
 * A shard is an Arrow IPC file: its header is JSON in the schema's metadata, the study with its keys in the order in which
 * answers repeat them, and each row answers one job. The same answers make the same bytes.
 */
const columns: Readonly<Record<string, Kind>> = {
  /** trials, rotations or replays. */
  job: 'text',
  /** A trial's digest, or the kind of replay. */
  name: 'text',
  /** The rotation's number, or the replay's point. */
  place: 'whole',
  ...{ totalReturn: 'number', cagr: 'number', sharpe: 'number', sortino: 'number' },
  ...{ maxDrawdown: 'number', winRate: 'number', profitFactor: 'number', costs: 'number' },
  trades: 'whole',
  ...{ initialCash: 'number', equity: 'numbers', entry: 'wholes', exit: 'wholes', net: 'numbers' },
  /** Whether a replay changed the past, and whether its curve was left out: 1 or 0. */
  ...{ found: 'whole', leftOutCurve: 'whole' },
};

type Row = Readonly<Record<string, Cell>>;

/** The bytes of a shard. */
export function shardFile(header: ShardHeader, answers: Pick<ShardAnswers, Job>): Uint8Array {
  const rows: readonly Row[] = [
    ...answers.trials.map(({ digest, result, curve }): Row => ({
      job: 'trials',
      name: digest,
      ...result,
      ...curve,
    })),
    ...answers.rotations.map(({ rotation, sharpe }): Row => ({
      job: 'rotations',
      place: rotation,
      sharpe,
    })),
    ...answers.replays.map(({ replay, point, found, leftOutCurve }): Row => ({
      ...{ job: 'replays', name: replay, place: point },
      ...{ found: found === null ? null : Number(found), leftOutCurve: Number(leftOutCurve) },
    })),
  ];
  const fields = Object.entries(columns).map(([name, kind]) => new Field(name, kinds[kind], true));
  const schema = new Schema(
    fields,
    new Map([
      ['outsample', JSON.stringify(header)],
      ['seal', unsealed],
    ]),
  );
  const children = Object.entries(columns).map(([name, kind]) =>
    columnOf(
      kind,
      rows.map((row) => row[name] ?? null),
    ),
  );
  const data = makeData({ type: new Struct(fields), children, length: rows.length, nullCount: 0 });
  return seal(tableToIPC(new Table(schema, new RecordBatch(schema, data)), 'file'));
}

/**
 * Reads a shard; throws a LabError that names the file where its bytes are not those that were written. `asked` are the
 * options that it is made by.
 */
export function readShard(file: string, bytes: Uint8Array, asked: string): Shard {
  if (!isSealed(bytes))
    throw refused(
      file,
      'This shard is damaged: its bytes are not those that were written.',
      `Make it again by the command that made the others, with ${asked}.`,
    );
  const opened = openedTable(bytes);
  if (opened === null)
    throw refused(
      file,
      'This shard has another form than this version writes.',
      'Make all shards, and merge them, by one version of Outsample.',
    );
  const { table, header } = opened;
  const cells = Object.keys(columns).map((name) => [name, cellsOf(table.getChild(name)!)] as const);
  const rows = Array.from({ length: table.numRows }, (_, i): Row =>
    Object.fromEntries(cells.map(([name, column]) => [name, column[i]!])),
  );
  const of = (job: Job): readonly Row[] => rows.filter((row) => row['job'] === job);
  return {
    ...{ file, header },
    trials: of('trials').map(trialIn),
    rotations: of('rotations').map(({ place, sharpe }) => ({
      rotation: place as number,
      sharpe: sharpe as number | null,
    })),
    replays: of('replays').map(({ name, place, found, leftOutCurve }) => ({
      replay: name as ReplayId,
      point: place as number,
      found: found === null ? null : found === 1,
      leftOutCurve: leftOutCurve === 1,
    })),
  };
}

/** A table of a shard’s columns with a shard’s header; null where it is another. */
function openedTable(bytes: Uint8Array): { table: Table; header: ShardHeader } | null {
  try {
    const table = tableFromIPC(bytes);
    const header = headerFrom(JSON.parse(table.schema.metadata.get('outsample') ?? 'null'));
    const hasColumns = Object.entries(columns).every(
      ([name, kind]) => String(table.getChild(name)?.type) === String(kinds[kind]),
    );
    return header === null || !hasColumns ? null : { table, header };
  } catch {
    return null;
  }
}

function trialIn(row: Row): Shard['trials'][number] {
  const { initialCash, equity, entry, exit, net } = row;
  const { totalReturn, cagr, sharpe, sortino, maxDrawdown } = row;
  const { trades, winRate, profitFactor, costs } = row;
  const result = {
    ...{ totalReturn, cagr, sharpe, sortino, maxDrawdown },
    ...{ trades, winRate, profitFactor, costs },
  } satisfies Record<keyof TrialResult, unknown>;
  const curve =
    typeof initialCash !== 'number'
      ? null
      : {
          initialCash,
          equity: equity as Float64Array,
          entry: entry as Int32Array,
          exit: exit as Int32Array,
          net: net as Float64Array,
        };
  return { digest: row['name'] as string, result: result as TrialResult, curve };
}

const refused = (file: string, problem: string, remedy: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, place: { file } });
