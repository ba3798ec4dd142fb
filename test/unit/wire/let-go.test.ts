/** Nothing that outlives a call keeps what the call has answered, or listens for its end. */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { push } from '../../../src/wire/egress-client.ts';
import { JournalClient } from '../../../src/wire/journal-client.ts';
import { LabClient } from '../../../src/wire/lab-client.ts';
import { orDeath } from '../../../src/wire/or-death.ts';
import { reporting } from '../../../src/wire/progress.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Whether anything still holds it, once all that waits is done. */
async function isHeld(answer: WeakRef<object>): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  collect();
  return answer.deref() !== undefined;
}

/** A worker that answers everything with a table, and never dies. */
function livingWorker() {
  const died = new Promise<never>(() => undefined);
  const answer = () => Promise.resolve({ ok: true, value: new Float64Array(1000) });
  const service = new Proxy({}, { get: () => answer });
  return { service, died, terminate: () => undefined } as never;
}

test('the lab’s client', async () => {
  const client = new LabClient(livingWorker);
  const stop = new AbortController();
  const answer = async () => new WeakRef(await client.call('run', [{}], { signal: stop.signal }));
  expect(await isHeld(await answer())).toBe(false);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

test('the journal’s client', async () => {
  const client = new JournalClient(() => undefined, livingWorker);
  const answer = async () => new WeakRef(await client.call('image'));
  expect(await isHeld(await answer())).toBe(false);
});

test('a push', async () => {
  const stop = new AbortController();
  const target = { origin: 'https://a.example', url: 'https://a.example/' };
  await push(target, { text: '', contentType: '' }, stop.signal, livingWorker);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

test('a death ends the calls under way, and those after it', async () => {
  let die: (error: Error) => void = () => undefined;
  const died = new Promise<never>((_, reject) => (die = reject));
  const waiting = orDeath(died, new Promise(() => undefined));
  expect(await orDeath(died, Promise.resolve(7))).toBe(7);
  die(new Error('Dead.'));
  await expect(waiting).rejects.toThrow('Dead.');
  await expect(orDeath(died, new Promise(() => undefined))).rejects.toThrow('Dead.');
});

test('progress ends with its call', async () => {
  const said: number[] = [];
  const late = await reporting(
    ({ ratio }) => said.push(ratio),
    (onProgress) => {
      onProgress({ phase: 'results', label: '', ratio: 1 });
      return Promise.resolve(new WeakRef(onProgress));
    },
  );
  expect(said).toEqual([1]);
  expect(await isHeld(late)).toBe(false);
});
