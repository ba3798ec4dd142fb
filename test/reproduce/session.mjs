/** One engine at work on the studies, from its start to its end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Children } from './children.mjs';
import { digestOf } from './compare.mjs';
import { open } from './engines.mjs';

/** Milliseconds: for an engine to start, between two looks at it, for its answer then, and for its next study. */
const patience = { start: 120_000, look: 1000, answer: 30_000, study: 600_000 };

/**
 * One engine's results; `failure` where it did not get through.
 * @typedef {{ digest: string, seconds: number, parts: Record<string, string> }} Result
 * @typedef {{ engine: string, version: string, seconds: number, failure: string | null, studies: Map<string, Result> }} Outcome
 */

/**
 * Puts one engine to work, and waits until it has finished or will not; never rejects.
 * @param {keyof typeof open} engine
 * @param {Record<string, string>} found what the engine needs
 * @param {string} address of the page
 * @param {(listener: (said: any) => void) => void} listen to what the engine posts
 * @param {(study: string, result: Result) => void} onResult
 * @returns {Promise<Outcome>}
 */
export async function reproduceIn(engine, found, address, listen, onResult) {
  const started = Date.now();
  /** @type {Outcome['studies']} */
  const studies = new Map();
  const errors = [];
  let version = '';
  let heard = Date.now();
  let finished = false;
  listen(({ study, seconds, parts, error, finished: last }) => {
    heard = Date.now();
    if (last) finished = true;
    else if (error) errors.push(`${study}: ${error}`);
    else {
      const result = { digest: digestOf(parts), seconds, parts };
      studies.set(study, result);
      onResult(study, result);
    }
  });
  const children = new Children();
  let running;
  try {
    running = await inTime(open[engine](found, address, children), 'start', patience.start);
    version = running.version;
    for (;;) {
      await sleep(patience.look);
      if (finished) break;
      children.check();
      const step = await inTime(running.step(), 'answer');
      if (Date.now() - heard > patience.study)
        throw new Error(`No result for ${patience.study / 1000} s. ${step}`);
    }
  } catch (error) {
    errors.push(String(error), children.said);
  }
  await inTime(Promise.resolve(running?.close()), 'close').catch(() => {}); // It is stopped next.
  children.stop();
  const failure = errors.filter(Boolean).join('\n') || null;
  return { engine, version, seconds: (Date.now() - started) / 1000, failure, studies };
}

/** Rejects where it takes longer. */
async function inTime(promise, what, limit = patience.answer) {
  const timer = new AbortController();
  const late = sleep(limit, null, timer).then(() => {
    throw new Error(`It did not ${what} within ${limit / 1000} s.`);
  });
  late.catch(() => {}); // Called off.
  return Promise.race([promise, late]).finally(() => timer.abort());
}
