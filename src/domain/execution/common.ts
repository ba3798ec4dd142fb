import { perYearOf } from '../calendar.ts';
import { type Market, type StepTimes, type Steps, grouped } from '../market.ts';
import { sessionNumbers } from '../session-closes.ts';
import type { Rows, StepIndices } from '../units.ts';
import { firstVolumes, Past } from './history.ts';
import { Output } from './output.ts';

/** Rows with an entry signal: those of step s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
export type SignalsByStep = Pick<Steps, 'start' | 'rows' | 'symbol'>;

/**
 * What simulations over the same steps of one market have in common: made when it is first asked for, and kept for
 * those to come. Nothing in it hangs on settings.
 */
export class Common {
  /** What bars tell of fills to come; it remembers what many simulations would ask for again. */
  readonly past: Past;
  readonly #market: Market;
  readonly #steps: StepTimes;
  readonly #isForMany: boolean;
  #session: Int32Array | undefined;
  #opening: StepIndices | null | undefined;
  #volumeFrom: Rows | undefined;
  #perYear: number | undefined;
  /** Of these sides. */
  #sides: Int8Array | undefined;
  #signals: SignalsByStep | undefined;
  #output: Output | undefined;

  /** `isForMany`: there are more simulations than one to come, and what one gives is used before the next begins. */
  constructor(market: Market, steps: StepTimes, isForMany = false) {
    this.#market = market;
    this.#steps = steps;
    this.#isForMany = isForMany;
    this.past = new Past(market, isForMany);
  }

  /** By step, the number of its session among those of the steps. */
  get session(): Int32Array {
    return (this.#session ??= sessionNumbers(this.#steps));
  }

  /** Steps in the order in which they open; null where each is over before the next. */
  get opening(): StepIndices | null {
    if (this.#opening === undefined) this.#opening = stepsByOpen(this.#steps);
    return this.#opening;
  }

  /** By symbol, the row of its first bar with volume. */
  get volumeFrom(): Rows {
    return (this.#volumeFrom ??= firstVolumes(this.#market));
  }

  /** Sessions a year. */
  get perYear(): number {
    const { day, clock } = this.#steps;
    const { perYear } = clock ?? {};
    return (this.#perYear ??= perYearOf({ day, ...(perYear !== undefined && { perYear }) }));
  }

  /**
   * Entry signals by step. Signals are few, and looking for them symbol by symbol reads memory in its order; a step's
   * rows lie far apart.
   */
  signalsByStep(side: Int8Array): SignalsByStep {
    if (this.#signals === undefined || this.#sides !== side) {
      this.#signals = grouped(this.#market, this.#steps, side);
      this.#sides = side;
    }
    return this.#signals;
  }

  /** Where the next simulation writes, on these signals. One of many writes over what the one before it gave. */
  outputFor(side: Int8Array): Output {
    const kept = this.#output;
    kept?.clear();
    const output = kept ?? new Output(this.#market, this.#steps, side, this.#isForMany);
    if (this.#isForMany) this.#output = output;
    return output;
  }
}

/** Steps by when they open; null where that is the order in which they are known, one after another. */
export function stepsByOpen({ clock }: Pick<StepTimes, 'clock'>): StepIndices | null {
  if (clock === undefined) return null;
  const { opens, known } = clock;
  const steps = Int32Array.from(opens.keys());
  if (steps.every((step) => step === 0 || opens[step]! >= known[step - 1]!)) return null;
  return steps.sort((a, b) => opens[a]! - opens[b]! || a - b);
}
