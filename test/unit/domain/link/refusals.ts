import { expect } from 'vitest';
import { LabError } from '../../../../src/domain/errors.ts';

interface Measured<T> {
  readonly found: T;
  /** Processor time in ms, so that a busy machine makes no difference. */
  readonly took: number;
  /** Bytes allocated and not yet collected. */
  readonly used: number;
}

export function measured<T>(work: () => T): Measured<T> {
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const processor = process.cpuUsage();
  const found = work();
  const { user, system } = process.cpuUsage(processor);
  const after = process.memoryUsage();
  const used = after.heapUsed + after.arrayBuffers - memory.heapUsed - memory.arrayBuffers;
  return { found, took: (user + system) / 1000, used };
}

function errorOf(read: () => unknown): unknown {
  try {
    read();
    return null;
  } catch (error) {
    return error;
  }
}

/** That it is refused as a link, in a short message of these words, within 100 ms and 10 MB. */
export function expectRefused(read: () => unknown, says: RegExp): void {
  // The first call compiles, and the compiler or the collector may be at work in any one of them.
  const refusals = [1, 2, 3, 4].map(() => measured(() => errorOf(read))).slice(1);
  for (const { found: error } of refusals) {
    expect(error).toBeInstanceOf(LabError);
    const { message, data } = error as LabError;
    expect(data.kind).toBe('link');
    expect(data.remedy).toBeTruthy();
    expect(message).toMatch(says);
    expect(message.length).toBeLessThan(400);
  }
  expect(Math.min(...refusals.map(({ took }) => took))).toBeLessThan(100);
  expect(Math.min(...refusals.map(({ used }) => used))).toBeLessThan(10_000_000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}
