import PQueue from 'p-queue';

/** Calls to one host at a time. */
const abreast = 2;

/** So many calls begin within so many seconds at most. */
export interface Pace {
  readonly calls: number;
  readonly seconds: number;
}

/** Lines of calls, one for each host: two are under way at most, and no more begin in a while than the host allows. */
export class Hosts {
  readonly #lines = new Map<string, PQueue>();

  wait<T>(origin: string, call: () => Promise<T>, pace?: Pace): Promise<T> {
    let line = this.#lines.get(origin);
    if (line === undefined) {
      line = new PQueue({
        concurrency: abreast,
        ...(pace && { intervalCap: pace.calls, interval: pace.seconds * 1000, strict: true }),
      });
      this.#lines.set(origin, line);
    }
    return line.add(call);
  }

  /** Lets go of what has not begun. */
  clear(): void {
    for (const line of this.#lines.values()) line.clear();
  }
}
