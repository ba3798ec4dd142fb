import { describe, expect, it, vi } from 'vitest';
import { inOneCall } from '../../../src/wire/one-call.ts';
import type { Running } from '../../../src/wire/spawn.ts';

/** A worker that answers nothing by itself. */
function worker(died: Promise<never> = new Promise<never>(() => undefined)) {
  const terminate = vi.fn<() => void>();
  return { terminate, service: {} as Running<object>['service'], died };
}
const forever = () => new Promise<never>(() => undefined);

describe('a worker that lives as long as one call', () => {
  it('ends with the answer', async () => {
    const one = worker();
    expect(await inOneCall(one, () => Promise.resolve(7))).toBe(7);
    expect(one.terminate).toHaveBeenCalledOnce();
  });

  it('ends at once when it is cancelled, however busy it is', async () => {
    for (const before of [true, false]) {
      const one = worker();
      const stop = new AbortController();
      if (before) stop.abort();
      const call = inOneCall(one, forever, stop.signal);
      stop.abort();
      await expect(call).rejects.toMatchObject({ data: { kind: 'cancelled' } });
      expect(one.terminate).toHaveBeenCalledOnce();
    }
  });

  it('says why where it dies', async () => {
    const one = worker(Promise.reject(new Error('It stopped.')));
    await expect(inOneCall(one, forever)).rejects.toThrow('It stopped.');
    expect(one.terminate).toHaveBeenCalledOnce();
  });
});
