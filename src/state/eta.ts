/** Only the last so many milliseconds count: phases differ in speed. */
const memory = 10_000;
/** Nothing is said before so many. */
const least = 1000;
/** Reports that come closer together than this are one. */
const apart = 100;

/** How long a task still takes, from how fast it went in the last seconds. */
export class Eta {
  readonly #samples: { readonly time: number; readonly ratio: number }[] = [];

  /** Milliseconds left when `ratio` of the work is done at `time`; null while nothing can be said. */
  at(time: number, ratio: number): number | null {
    const samples = this.#samples;
    if (time - (samples.at(-1)?.time ?? -Infinity) >= apart) samples.push({ time, ratio });
    while (samples.length > 1 && time - samples[1]!.time >= memory) samples.shift();
    const first = samples[0]!;
    const gained = ratio - first.ratio;
    return time - first.time < least || gained <= 0
      ? null
      : ((time - first.time) * (1 - ratio)) / gained;
  }
}
