import { expect, test, vi } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { LabClient } from '../../../src/wire/lab-client.ts';
import { type InputFile, type LabMethod, labMethods } from '../../../src/wire/lab.ts';
import type { LabWorker } from '../../../src/wire/spawn.ts';

/** Workers that answer every method with its name, and what they were asked. */
function fakeWorkers() {
  const asked: { readonly worker: number; readonly method: string; readonly given: unknown[] }[] =
    [];
  const deaths: ((cause: Error) => void)[] = [];
  const hangs = new Set<LabMethod>();
  const cancel = vi.fn();
  const spawn = (): LabWorker => {
    let die: (cause: Error) => void = () => undefined;
    const died = new Promise<never>((_, reject) => (die = reject));
    died.catch(() => undefined);
    const worker = deaths.push(die);
    const answering = (method: LabMethod) => [
      method,
      (...given: unknown[]) => {
        asked.push({ worker, method, given });
        return hangs.has(method)
          ? new Promise(() => undefined)
          : Promise.resolve({ ok: true, value: method });
      },
    ];
    const methods = (Object.keys(labMethods) as LabMethod[]).map(answering);
    const service = { ...Object.fromEntries(methods), cancel } as LabWorker['service'];
    return { service, died, terminate: () => undefined };
  };
  const order = () => asked.map(({ worker, method }) => `${worker} ${method}`);
  return { client: new LabClient(spawn), asked, order, deaths, hangs, cancel };
}

const files: readonly InputFile[] = [{ name: 'a.csv', content: new Blob(['']) }];
const study = { seed: 1 };

test('gives what was given, and progress only where there is any', async () => {
  const { client, asked } = fakeWorkers();
  await client.call('importFiles', [files]);
  expect(await client.call('run', [study])).toBe('run');
  await client.call('signalsCutAt', ['A', 7]);
  expect(asked.map(({ given }) => given)).toEqual([
    [expect.any(Function)],
    [files, expect.any(Function)],
    [study, expect.any(Function)],
    ['A', 7],
  ]);
});

test('a worker that died is replaced, and gets again what a method needs', async () => {
  const { client, order, deaths, hangs } = fakeWorkers();
  await client.call('importFiles', [files]);
  await client.call('run', [study]);
  hangs.add('lookAhead');
  const call = client.call('lookAhead', []);
  await vi.waitFor(() => expect(order()).toContain('1 lookAhead'));
  deaths[0]!(new LabError({ kind: 'engine', problem: 'The engine stopped.' }));
  await expect(call).rejects.toThrow('The engine stopped.');
  await client.call('demonstrate', ['cheat']);
  await client.call('preview', [study]);
  await client.call('evidence', []);
  await client.call('gauges', [[]]);
  expect(order().filter((one) => one.startsWith('2'))).toEqual([
    '2 start',
    '2 demonstrate',
    '2 importFiles',
    '2 preview',
    '2 run',
    '2 evidence',
    '2 gauges',
  ]);
});

test('an abort ends a call that does not stop, and the next worker starts at once', async () => {
  const { client, order, hangs, cancel } = fakeWorkers();
  await client.call('importFiles', [files]);
  hangs.add('run');
  const controller = new AbortController();
  const call = client.call('run', [study], { signal: controller.signal });
  await vi.waitFor(() => expect(order()).toContain('1 run'));
  controller.abort();
  await expect(call).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  expect(cancel).toHaveBeenCalledOnce();
  expect(order().at(-1)).toBe('2 start');
});
