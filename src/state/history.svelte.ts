import { errorData } from '../wire/errors.ts';
import type { RunResult } from '../wire/lab.ts';
import {
  type ListedRun,
  type PinnedRun,
  type RunFilter,
  type RunMarks,
  type RunSummary,
  allRuns,
  mostPinned,
} from '../domain/journal.ts';
import { JournalClient } from '../wire/journal-client.ts';
import type { JournalStatus, LedgerStatus, TrialRecord } from '../wire/journal.ts';
import type { LabErrorData } from '../domain/errors.ts';
import { type Study, completeStudy } from '../domain/study/study.ts';
import { ComparisonState } from './comparison.svelte.ts';
import { PinnedCurves } from './pinned-curves.svelte.ts';
import { LockState } from './lock.svelte.ts';
import { type RecordContext, recordOf } from './run-record.ts';
import { counted } from '../present/format.ts';
import { letterAt, runTitle } from '../present/history-words.ts';

export const pageSize = 20;

/** The runs recorded in this browser and the trial ledger. Loaded, with its worker, only when it is needed. */
export class HistoryState {
  status = $state.raw<JournalStatus | null>(null);
  runs = $state.raw<readonly ListedRun[]>([]);
  filter = $state.raw(allRuns);
  /** What the filter lets through, on all pages. */
  found = $state(0);
  /** Of the whole history. */
  total = $state(0);
  page = $state(0);
  /** Of the dataset on screen; null where there is none. */
  ledger = $state.raw<LedgerStatus | null>(null);
  /** Kept at hand for comparing, by place; the first is what the others are compared with. */
  pinned = $state.raw<readonly PinnedRun[]>([]);
  /** What is drawn of them beside the run on screen. */
  readonly curves: PinnedCurves;
  comparison = $state.raw<ComparisonState | null>(null);
  /** What was done last, and the journal that brings it back. */
  said = $state('');
  undoable = $state.raw<Uint8Array | null>(null);
  error = $state.raw<LabErrorData | null>(null);
  /** It waits for its passphrase, and shows nothing. */
  locked = $state(false);
  /** A file to import that waits for its own, and why the last one did not open it. */
  sealedFile = $state.raw<{ readonly file: Blob; readonly error: LabErrorData | null } | null>(
    null,
  );
  readonly lock: LockState;
  /** The last run that was recorded here, and the id that it got. */
  #recorded = $state.raw<{ readonly result: RunResult; readonly id: string } | null>(null);
  #fingerprint: string | null = null;
  #refreshes = 0;
  /** What is still to be recorded, in order: nothing that was tried may go uncounted because a fetch failed. */
  readonly #waiting: (() => Promise<null>)[] = [];
  #waits = $state(0);
  #caughtUp: Promise<unknown> = Promise.resolve();
  /** Why the last record did not come to the journal; null where it did. */
  #missed = $state.raw<LabErrorData | null>(null);

  constructor(
    readonly journal = new JournalClient(() => void this.#attempt(() => this.#refresh())),
  ) {
    this.curves = new PinnedCurves(journal);
    this.lock = new LockState(journal, () => this.retry());
  }

  /** How many records wait for the passphrase. */
  get waiting(): number {
    return this.locked ? this.#waits : 0;
  }

  /** Why not all that was recorded is stored; null where it is. */
  get unstored(): string | null {
    if (this.#missed !== null)
      return [this.#missed.problem, this.#missed.remedy].filter(Boolean).join(' ');
    return this.status?.kept === false ? this.status.reason : null;
  }

  /** Starts the journal, so that a run that is under way need not wait for it. */
  async prepare(): Promise<void> {
    await this.journal.call('open').catch(() => undefined); // Whoever needs it says so.
  }

  /** Stores what could not be stored before, if it can now. */
  async retry(): Promise<void> {
    await this.#attempt(() => this.#refresh());
  }

  /** Records a finished run and counts its trial. Resolves when it is stored, or cannot be: then `unstored` says why. */
  async record(result: RunResult, context: RecordContext): Promise<void> {
    const run = recordOf(result, context);
    await this.#record(async () => {
      this.#recorded = { result, id: await this.journal.call('recordRun', run) };
      return null;
    });
  }

  /** A result of before a reload, and the id that it got then. */
  async recall(result: RunResult, id: string): Promise<void> {
    this.#recorded = { result, id };
    await this.#attempt(() => this.#refresh());
  }

  /** The id of the last run, once it is recorded. */
  idOf(result: RunResult): string | null {
    return this.#recorded?.result === result ? this.#recorded.id : null;
  }

  /** Counts what a search has tried; resolves like `record`. */
  async recordTrials(
    fingerprint: string,
    trials: readonly TrialRecord[],
    madeAt: string,
  ): Promise<void> {
    await this.#record(() => this.journal.call('recordTrials', fingerprint, trials, madeAt));
  }

  /** How much was tried on a dataset; null if the journal cannot say. */
  ledgerOf(fingerprint: string): Promise<LedgerStatus | null> {
    return this.#attempt(() => this.journal.call('ledger', fingerprint));
  }

  /** Shows the newest runs, and the ledger of the dataset on screen. */
  async show(fingerprint: string | null): Promise<void> {
    this.#fingerprint = fingerprint;
    await this.#attempt(() => this.#refresh());
  }

  async go(page: number): Promise<void> {
    this.page = page;
    await this.#attempt(() => this.#refresh());
  }

  /** The letter of a pinned run; empty for others. */
  letterOf(id: string | null): string {
    return letterAt(this.pinned.find(({ run }) => run.id === id)?.place ?? 0);
  }

  /** No place is free. */
  get full(): boolean {
    return this.pinned.length >= mostPinned;
  }

  async pin(id: string, wanted: boolean): Promise<void> {
    if (wanted && this.full) {
      this.#say('Four runs are pinned. Unpin one to pin another.', null);
      return;
    }
    await this.#attempt(async () => {
      await (wanted ? this.journal.call('pin', id) : this.journal.call('unpin', [id]));
      if (this.undoable === null) this.said = '';
      await this.#refresh();
    });
  }

  async unpinAll(): Promise<void> {
    await this.#attempt(async () => {
      await this.journal.call(
        'unpin',
        this.pinned.map(({ run }) => run.id),
      );
      await this.#refresh();
    });
  }

  get comparable(): boolean {
    return this.pinned.length >= 2;
  }

  /** Puts the pinned runs side by side. */
  async compare(): Promise<void> {
    const { pinned } = this;
    await this.#attempt(async () => {
      const comparison = await ComparisonState.of(pinned, this.journal);
      if (comparison.isOf(this.pinned)) this.comparison = comparison;
    });
  }

  endComparison(): void {
    this.comparison = null;
  }

  /** The study of a run, complete, as this version reads it; null if that failed (then `error` says why). */
  studyOf({ id }: RunSummary): Promise<Study | null> {
    return this.#attempt(async () => {
      const [study] = await this.journal.call('studies', [id]);
      return completeStudy(study);
    });
  }

  /** Lists other runs, from the first page on. */
  async narrow(filter: Partial<RunFilter>): Promise<void> {
    this.filter = { ...this.filter, ...filter };
    await this.go(0);
  }

  /** Writes a name, tags or a star on a run; the rest of what is written on it stays. */
  async mark({ id, marks }: ListedRun, changed: Partial<RunMarks>): Promise<void> {
    await this.#attempt(async () => {
      await this.journal.call('mark', id, { ...marks, ...changed });
      await this.#refresh();
    });
  }

  async delete(run: ListedRun): Promise<void> {
    await this.#attempt(async () => {
      const undoable = await this.journal.call('deleteRuns', [run.id]);
      this.#say(
        `Deleted “${runTitle(run)}”. Its trial stays counted: the audit reckons with all that was tried.`,
        undoable,
      );
      await this.#refresh();
    });
  }

  /** Forgets everything. What was damaged cannot be brought back by «Undo». */
  async clear(): Promise<void> {
    const readable = this.error === null;
    await this.#attempt(async () => {
      const before = await this.journal.call('clear');
      this.#say('Cleared the history and the ledger.', readable ? before : null);
      await this.#refresh();
    });
  }

  async undo(): Promise<void> {
    const { undoable } = this;
    if (undoable === null) return;
    await this.#attempt(async () => {
      await this.journal.call('merge', undoable);
      this.#say('Undone.', null);
      await this.#refresh();
    });
  }

  /** The whole journal as the bytes of an SQLite file. */
  image(): Promise<Uint8Array | null> {
    return this.#attempt(() => this.journal.call('image'));
  }

  async import(file: Blob, passphrase?: string): Promise<void> {
    await this.#attempt(async () => {
      const image = new Uint8Array(await file.arrayBuffer());
      try {
        const { runs, trials } = await this.journal.call('merge', image, passphrase);
        this.#say(`Added ${counted(runs, 'run')} and ${counted(trials, 'trial')}.`, null);
      } catch (error) {
        const data = errorData(error);
        if (data.code !== 'sealed-file' && passphrase === undefined) throw error;
        this.sealedFile = { file, error: passphrase === undefined ? null : data };
        return;
      }
      this.sealedFile = null;
      await this.#refresh();
    });
  }

  /** Forgets what could not be opened for good, its passphrase too; what was recorded since begins the new one. */
  async beginAnew(): Promise<void> {
    await this.#attempt(async () => {
      await this.journal.call('clear');
      this.#say('A new history has begun, without encryption.', null);
      await this.#refresh();
    });
  }

  async #record(record: () => Promise<null>): Promise<void> {
    this.#waiting.push(record);
    this.#waits = this.#waiting.length;
    await this.#attempt(() => this.#refresh());
  }

  /** One at a time: whoever waits for it finds its own record in the journal. */
  #catchUp(): Promise<void> {
    const mine = this.#caughtUp.then(() => this.#recordAll());
    this.#caughtUp = mine.catch(() => undefined);
    return mine;
  }

  /** A record that SQLite itself refuses would be refused again; any other failure passes. */
  async #recordAll(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await next();
        this.#waiting.shift();
        this.#missed = null;
      } catch (error) {
        this.#missed = errorData(error);
        if (this.#missed.sql !== undefined) this.#waiting.shift();
        throw error;
      } finally {
        this.#waits = this.#waiting.length;
      }
    }
  }

  /** Says what became of something that was done elsewhere. */
  tell(said: string): void {
    this.#say(said, null);
  }

  #say(said: string, undoable: Uint8Array | null): void {
    this.said = said;
    this.undoable = undoable;
  }

  /** The newest of overlapping refreshes wins. */
  async #refresh(): Promise<void> {
    await this.#catchUp();
    const mine = ++this.#refreshes;
    const fingerprint = this.#fingerprint;
    const { page, filter } = this;
    const [{ runs, found, total, pinned }, ledger] = await Promise.all([
      this.journal.call('runs', pageSize, page * pageSize, filter),
      fingerprint === null ? null : this.journal.call('ledger', fingerprint),
    ]);
    this.status = await this.journal.call('open');
    this.locked = false;
    this.lock.watch(this.status.encrypted);
    if (mine !== this.#refreshes) return;
    if (runs.length === 0 && page > 0) {
      this.page = page - 1;
      await this.#refresh();
      return;
    }
    this.runs = runs;
    this.found = found;
    this.total = total;
    this.ledger = ledger;
    this.#keepPins(pinned);
    void this.curves.follow(pinned).catch(() => undefined); // They are drawn, no more: the list says what is wrong.
  }

  /** An open comparison goes with the pins, whichever tab has changed them. */
  #keepPins(pinned: readonly PinnedRun[]): void {
    this.pinned = pinned;
    if (this.comparison === null || this.comparison.isOf(pinned)) return;
    if (this.comparable) void this.compare();
    else this.comparison = null;
  }

  /** Null if it failed; then `error` says why. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const value = await work();
      this.error = null;
      return value;
    } catch (error) {
      const data = errorData(error);
      if (data.code === 'locked') this.#hide();
      this.error = data.code === 'locked' ? null : data;
      return null;
    }
  }

  /** A locked history leaves nothing on screen, nor in this state. */
  #hide(): void {
    if (!this.locked) this.#say('', null);
    this.locked = true;
    this.lock.watch(false);
    this.#refreshes++;
    [this.runs, this.pinned, this.found, this.total] = [[], [], 0, 0];
    [this.ledger, this.comparison, this.sealedFile] = [null, null, null];
  }
}
