import { setTimeout as pause } from 'node:timers/promises';
import type { Broker } from '../domain/live/broker.ts';

/** Milliseconds in which what belongs together is told: the parts of a fill, a fill and what it ends. */
const settling = 500;

/** The rest between two looks at a broker; where it tells what changes, a change ends the rest early. */
export class Rest {
  #isTold = false;
  #wake: () => void = () => undefined;

  /** `lost` is told why a broker tells nothing any more; rests are whole then. */
  constructor(
    broker: Pick<Broker, 'watch'>,
    private readonly until: AbortSignal,
    lost: (why: unknown) => void,
  ) {
    const changed = (): void => {
      this.#isTold = true;
      this.#wake();
    };
    broker.watch?.(changed, until).catch(lost);
  }

  /** Resolves after so many seconds, soon after something was told, or at once where looking is to end. */
  async take(seconds: number): Promise<void> {
    const told = new AbortController();
    this.#wake = () => {
      told.abort();
    };
    if (!this.#isTold) await slept(seconds * 1000, AbortSignal.any([told.signal, this.until]));
    if (this.#isTold) await slept(settling, this.until);
    this.#isTold = false;
  }
}

const slept = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal }).catch(() => undefined);
