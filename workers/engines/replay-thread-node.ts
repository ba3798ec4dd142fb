import { parentPort, workerData } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import { createReplayService } from '../services/audit/replayers.ts';
import { startEngineFrom } from './duckdb-node.ts';

/** What a thread is told as it starts: a text has no place from which files are found. */
export interface ThreadData {
  readonly engineFile: string;
  /** From where packages are found: scripts/thread.mjs. */
  readonly from: string;
}

const { engineFile } = workerData as ThreadData;

/** A thread that replays, with an engine of its own; trials-node.ts starts it from this file’s bundled text. */
Comlink.expose(
  createReplayService(() => startEngineFrom(engineFile)),
  nodeEndpoint(parentPort!),
);
