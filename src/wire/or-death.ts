/** The calls that a worker has not answered yet, by the promise of its death. */
const underWay = new WeakMap<Promise<never>, Set<(error: unknown) => void>>();

/**
 * Settles with a call, or rejects when its worker dies. A promise that never settles keeps every reaction to it, and
 * with it the answer that a race was won by: so a death gets one reaction, which tells the calls then under way.
 */
export function orDeath<T>(died: Promise<never>, call: Promise<T>): Promise<T> {
  const calls = underWay.get(died) ?? watched(died);
  return new Promise((resolve, reject) => {
    calls.add(reject);
    const end = (): void => void calls.delete(reject);
    call.finally(end).then(resolve, reject);
  });
}

function watched(died: Promise<never>): Set<(error: unknown) => void> {
  const calls = new Set<(error: unknown) => void>();
  underWay.set(died, calls);
  died.catch((error: unknown) => {
    underWay.delete(died); // Calls from now on are told by a reaction of their own.
    for (const fail of calls) fail(error);
  });
  return calls;
}
