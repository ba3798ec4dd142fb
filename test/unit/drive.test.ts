/** How an algorithm that yields is run to its end. */
import { expect, test } from 'vitest';
import { drive } from '../../workers/services/drive.ts';

function* doubled(): Generator<number, readonly number[], number> {
  return [yield 1, yield 2, yield 3];
}

test('it is sent the answer to whatever it yields, in turn', async () => {
  const { signal } = new AbortController();
  expect(await drive(doubled(), signal, (one) => Promise.resolve(2 * one))).toEqual([2, 4, 6]);
});

test('messages are served between two steps, and a cancel among them ends it', async () => {
  const cancel = new AbortController();
  const asked: number[] = [];
  const work = drive(doubled(), cancel.signal, (one) => {
    asked.push(one);
    if (one === 2) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        cancel.abort();
        port1.close();
      };
      port2.postMessage(null);
    }
    return one;
  });
  await expect(work).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  expect(asked).toEqual([1, 2]);
});
