import type { Remote } from 'comlink';
import { tableToIPC } from 'apache-arrow';
import type { Study } from '../../../src/domain/study/study.ts';
import { reading } from '../../../src/sql/query.ts';
import { quoteIdentifier } from '../../../src/sql/sql.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import type { Dataset } from '../dataset.ts';
import type { LentWorker } from '../trials.ts';
import {
  type Replay,
  type ReplayService,
  type Replayed,
  Replays,
  subjectOfStudy,
} from './replays.ts';
import { Worlds, dataOf } from './worlds.ts';

export function createReplayService(startEngine: () => Promise<Engine>): ReplayService {
  let replays: Replays;
  return {
    async open({ study, dataset, tables }) {
      const engine = await startEngine();
      for (const [table, stream] of Object.entries(tables)) engine.insertArrow(table, stream);
      const { signal } = new AbortController(); // Whoever cancels ends the worker.
      const worlds = new Worlds(engine, signal, dataOf(dataset));
      replays = await Replays.open(subjectOfStudy(study, dataset), worlds);
    },
    replay: (task) => replays.replay(task),
  };
}

/** One that replays beside the lab, in a worker with an engine of its own. */
export interface Replayer {
  /** Resolves once it can replay. */
  readonly opened: Promise<void>;
  replay(task: Replay): Promise<Replayed>;
  end(): void;
}

/** Replayers for so many tasks: none where there is too little to do, no core or no memory for them. */
export type Replayers = (asked: {
  readonly study: Study;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly tasks: number;
  readonly signal: AbortSignal;
}) => Promise<readonly Replayer[]>;

export const noReplayers = (): Promise<readonly Replayer[]> => Promise.resolve([]);

/** An engine takes a second or so to start, and the dataset once more. */
const worthTasks = 40;
/** Bars of a dataset that replayers hold as well: 150 MB each. */
const mostBars = 1 << 20;

export const replayersFrom =
  (lend: () => readonly LentWorker<ReplayService>[]): Replayers =>
  async ({ study, dataset, engine, tasks, signal }) => {
    const { market, given = market } = dataset;
    if (tasks < worthTasks || given.day.length > mostBars) return [];
    const workers = lend();
    if (workers.length === 0) return [];
    const tables = await tablesOf(engine, signal).catch((error: unknown) => {
      for (const lent of workers) lent.terminate();
      throw error;
    });
    const job = { study, dataset, tables };
    return workers.map((lent): Replayer => {
      const service = lent.service as Remote<ReplayService>;
      const orDied = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, lent.died]);
      return {
        opened: orDied(service.open(job)),
        replay: (task) => orDied(service.replay(task)),
        end: () => lent.terminate(),
      };
    });
  };

/** Those that an import leaves and studies read. */
const imported = [
  'symbols',
  'imported_bars',
  'attention',
  'macro',
  'universe',
  'instruments',
  'events',
  'largest',
  'session_times',
  'symbol_places',
];

const tablesThere = reading(
  "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'lab' AND NOT temporary",
  { name: 'text' },
);

async function tablesOf(
  engine: Engine,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const there = new Set((await ask(engine, tablesThere, {}, signal)).map(({ name }) => name));
  const tables: Record<string, Uint8Array> = {};
  for (const name of imported.filter((one) => there.has(one))) {
    // In place of a world's table of that name.
    const rows = await engine.query(`FROM lab.main.${quoteIdentifier(name)}`, signal);
    tables[name] = tableToIPC(rows, 'stream');
  }
  return tables;
}
