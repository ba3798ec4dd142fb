import type { LifeSign } from '../../src/wire/life.ts';

/** What this worker holds until it ends; see src/wire/life.ts. Kept here, lest the port be collected as garbage. */
let held: MessagePort | null = null;

/** The first thing that a worker of the page does. */
export function showLife(): void {
  if ('locks' in navigator) {
    void navigator.locks.request(name, () => {
      postMessage({ life: name } satisfies LifeSign);
      return new Promise(() => undefined);
    });
  } else {
    const { port1, port2 } = new MessageChannel();
    held = port1;
    held.start();
    postMessage({ life: port2 } satisfies LifeSign, { transfer: [port2] });
  }
}
