import type { LabErrorData } from '../domain/errors.ts';
import type { LiveState } from '../domain/live/account.ts';
import type { Drift } from '../domain/live/drift.ts';
import type { JournalClient } from '../wire/journal-client.ts';
import { errorData } from '../wire/errors.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'features', label: 'Starting', ratio: 0 } as const;

/** What a journal of `outsample live` trades: read from its file, and not kept. */
export class TradingState {
  file = $state.raw<File | null>(null);
  /** Its accounts; null until a file is read. */
  lives = $state.raw<readonly LiveState[] | null>(null);
  chosen = $state(0);
  /** Of the chosen account over the dataset on screen; null until it is known. */
  drift = $state.raw<Drift | null>(null);
  /** The file waits for its passphrase; and why it could not be read, or the last passphrase did not open it. */
  sealed = $state(false);
  error = $state.raw<LabErrorData | null>(null);
  readonly task = new Task();

  constructor(
    private readonly lab: Lab,
    private readonly journal: () => Promise<JournalClient>,
  ) {}

  get live(): LiveState | null {
    return this.lives?.[this.chosen] ?? null;
  }

  /** Reads a file, or the same again: what was traded since is in it. */
  async open(file: File, passphrase?: string): Promise<void> {
    this.file = file;
    try {
      const image = new Uint8Array(await file.arrayBuffer());
      const journal = await this.journal();
      this.lives = await journal.call('livesOf', image, passphrase);
      [this.sealed, this.error] = [false, null];
    } catch (error) {
      const data = errorData(error);
      const isFirst = passphrase === undefined;
      this.sealed = data.code === 'sealed-file' || !isFirst;
      this.error = this.sealed && isFirst ? null : data;
      this.lives = null;
    }
    await this.choose(0);
  }

  /** Shows another account, and how its fills are beside the simulator's. */
  async choose(at: number): Promise<void> {
    this.chosen = at;
    this.drift = null;
    const { live } = this;
    if (live === null || live.fills.length === 0) return;
    const drift = await this.task.attempt(first, (options) =>
      this.lab.call('liveDrift', [JSON.parse(live.account.study), live], options),
    );
    if (live === this.live) this.drift = drift;
  }

  close(): void {
    this.task.cancel();
    [this.file, this.lives, this.drift] = [null, null, null];
    [this.sealed, this.error] = [false, null];
  }
}
