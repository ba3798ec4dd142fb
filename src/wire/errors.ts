import { LabError, type LabErrorData } from '../domain/errors.ts';
import type { Reply } from './lab.ts';

/** What browsers and Node say where an array is longer than they have memory for. */
const noRoom = /allocation failed|could not allocate|out of memory/i;
const full = {
  kind: 'data',
  code: 'full',
  problem: 'The data need more memory than there is for them here.',
  remedy: 'Bring fewer symbols or fewer years, close other pages, then load the data again.',
} as const;

/** Any thrown thing as data; what is not a LabError is a fault of ours and says so. */
export function errorData(error: unknown): LabErrorData {
  if (error instanceof LabError) return error.data;
  const cause = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && noRoom.test(cause)) return { ...full, cause };
  return {
    kind: 'engine',
    problem: `Something broke inside Outsample: ${cause}`,
    remedy: 'Please report it with the file or study that led here.',
    cause,
  };
}

/** Runs `work` and turns its outcome into a reply. */
export async function reply<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: errorData(error) };
  }
}

/** The other end: the value, or the LabError thrown again. */
export function unwrap<T>(answer: Reply<T>): T {
  if (answer.ok) return answer.value;
  throw new LabError(answer.error);
}
