import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import { createTrialService } from '../services/trial-job.ts';

/** A thread of the command’s pool; trials-node.ts starts it from this file’s bundled text. */
Comlink.expose(createTrialService(), nodeEndpoint(parentPort!));
