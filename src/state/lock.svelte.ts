import type { LabErrorData } from '../domain/errors.ts';
import { errorData } from '../wire/errors.ts';
import type { JournalClient } from '../wire/journal-client.ts';
import { keep, kept } from './kept.ts';

/** Minutes without a key or a touch after which the history locks by itself; 0 is never. */
export const lockTimes = [5, 15, 60, 0] as const;
export type LockTime = (typeof lockTimes)[number];

const signs = ['keydown', 'pointerdown', 'wheel'] as const;
/** How often the time is looked at, ms. */
const look = 5000;

/** The history’s passphrase: given, changed, removed; and the lock that falls by itself. */
export class LockState {
  busy = $state(false);
  /** Why the last wish was not done. */
  error = $state.raw<LabErrorData | null>(null);
  minutes = $state<LockTime>(lockTimes.find((time) => String(time) === kept('lock-after')) ?? 15);
  #timer: ReturnType<typeof setInterval> | undefined;
  #used = 0;

  constructor(
    private readonly journal: JournalClient,
    private readonly changed: () => Promise<void>,
  ) {}

  unlock(passphrase: string): Promise<boolean> {
    return this.#do(() => this.journal.call('unlock', passphrase));
  }

  /** `present` is null where there is no passphrase yet, `next` where there shall be none. */
  protect(present: string | null, next: string | null): Promise<boolean> {
    return this.#do(() => this.journal.call('protect', present, next));
  }

  /** In every tab, by a person’s wish; else in this one. */
  lock(everywhere: boolean): Promise<boolean> {
    return this.#do(() => this.journal.call('lock', everywhere));
  }

  lockAfter(minutes: LockTime): void {
    this.minutes = minutes;
    keep('lock-after', String(minutes));
  }

  /** Whether there is a key to forget after a while. */
  watch(open: boolean): void {
    if (open === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const sign of signs) removeEventListener(sign, this.#use, true);
    if (!open) return;
    this.#use();
    this.#timer = setInterval(() => this.#check(), look);
    for (const sign of signs) addEventListener(sign, this.#use, { capture: true, passive: true });
  }

  /** A machine that has slept wakes up to a key or a touch: the time is looked at first. */
  readonly #use = (): void => {
    if (this.#timer !== undefined) this.#check();
    this.#used = Date.now();
  };

  #check(): void {
    const idle = Date.now() - this.#used;
    if (this.minutes > 0 && idle >= this.minutes * 60_000 && !this.busy) void this.lock(false);
  }

  /** Whether it was done; `error` then says why not. */
  async #do(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    try {
      await work();
      await this.changed();
      return true;
    } catch (error) {
      this.error = errorData(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
