import type { BreakEven } from '../domain/break-even.ts';
import type { LabErrorData } from '../domain/errors.ts';
import { type Examination, type Examined, examine } from '../domain/validation/examination.ts';
import type { Finding } from '../domain/validation/finding.ts';
import { verdictOf } from '../present/findings/verdict.ts';
import type { LookAheadReport } from '../domain/validation/look-ahead.ts';
import type { SurvivorshipReport } from '../domain/validation/survivorship.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import { unfinishedOf } from '../domain/validation/search.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import type { findingsOn } from '../present/findings/all.ts';
import { Answered } from './answered.svelte.ts';
import type { Lab } from './lab.ts';
import { lazily } from './lazily.ts';
import type { RunResult } from '../wire/lab.ts';
import type { RunState } from './run.svelte.ts';
import { sameRun } from '../domain/study/keys.ts';
import type { ValidationState } from './validation.svelte.ts';

const cancelled: LabErrorData = { kind: 'cancelled', problem: 'Cancelled.' };

/** What is examined of the last run, and what it amounts to. */
export class AuditState {
  readonly lookAhead: Answered<LookAheadReport>;
  readonly survivorship: Answered<SurvivorshipReport>;
  /** Where the run’s edge dies. */
  readonly breakEven: Answered<BreakEven>;
  readonly overfitting: Answered<OverfittingReport>;
  /** The audit of a known mistake, and which one it was. */
  readonly demonstration: Answered<LookAheadReport>;
  demonstrated = $state('');
  /** The examinations that a run by «Examine everything» still waits for; null while none is under way. */
  left = $state<number | null>(null);
  /** It was cancelled, or another run has come. */
  stopped = $state(false);
  /** What findings are made by; null until it is fetched. */
  #judge = $state.raw<typeof findingsOn | null>(null);

  constructor(
    lab: Lab,
    private readonly run: RunState,
    private readonly validation: ValidationState,
    ledger: (fingerprint: string) => Promise<LedgerFacts>,
    private readonly isSynthetic: () => boolean,
  ) {
    this.lookAhead = new Answered((_, options) => lab.call('lookAhead', [], options));
    this.survivorship = new Answered((_, options) => lab.call('survivorship', [], options));
    this.breakEven = new Answered((_, options) => lab.call('breakEven', [], options));
    this.demonstration = new Answered((_, options) =>
      lab.call('demonstrate', [this.demonstrated], options),
    );
    this.overfitting = new Answered(async (_, options) =>
      lab.call('overfitting', [await ledger(this.run.result?.fingerprint ?? '')], options),
    );
  }

  /** Fetches what findings are made by; until then there are none. Rejects where that fails. */
  readonly prepare = lazily(async () => {
    this.#judge = (await import('../present/findings/all.ts')).findingsOn;
  });

  /** Audits a known mistake. */
  async demonstrate(id: string): Promise<void> {
    const { study } = this.run;
    if (study === null || this.busy) return;
    this.demonstrated = id;
    await this.demonstration.find(study);
  }

  readonly findings: readonly Finding[] = $derived.by(() => {
    const { result } = this.run;
    return result === null ? [] : this.#findingsOn(result);
  });
  readonly verdict = $derived(verdictOf(this.findings));
  readonly red = $derived(this.findings.filter(({ level }) => level === 'red'));

  /** Something beyond the run itself was examined. */
  get examined(): boolean {
    return this.#all.some(({ value }) => value !== null);
  }

  get busy(): boolean {
    return this.left !== null || [...this.#all, this.demonstration].some(({ task }) => task.busy);
  }

  /** What it had examined failed. */
  get failed(): boolean {
    return [...this.#all, this.demonstration].some(({ task }) => task.error !== null);
  }

  /** Runs what has not been examined yet, one after another. */
  async examine(): Promise<void> {
    const { result, study } = this.run;
    if (result === null || study === null || this.busy) return;
    this.stopped = false;
    await examine(study, {
      withSearch: true,
      has: (one) => this.#has(one, result),
      ask: async (one, left) => {
        this.left = left;
        const finding = this.#of(one);
        await finding.find(study);
        if (this.#isStopped() || this.run.result !== result) return cancelled;
        const { error } = finding.task;
        return error ?? (this.#has(one, result) ? null : cancelled);
      },
    });
    this.left = null;
  }

  cancel(): void {
    this.stopped = true;
    for (const { task } of [...this.#all, this.demonstration]) task.cancel();
    if (this.left === null) return;
    this.validation.search.task.cancel();
    this.validation.walkForward.task.cancel();
  }

  /** Another run has come. */
  clear(): void {
    this.stopped = true;
    for (const finding of this.#all) finding.clear();
  }

  get #all() {
    return [this.lookAhead, this.survivorship, this.breakEven, this.overfitting];
  }

  #findingsOn(result: RunResult): Finding[] {
    const examined: Examined = {
      lookAhead: this.lookAhead.value,
      survivorship: this.survivorship.value,
      breakEven: this.breakEven.value,
      walkForward: this.#ofRun(this.validation.walkForward, result),
      overfitting: this.overfitting.value,
      learning: this.#ofRun(this.validation.learning, result),
    };
    return this.#judge?.(result, examined, this.isSynthetic()) ?? [];
  }

  #of(one: Examination): Answered<object> {
    return one === 'search' || one === 'walkForward' ? this.validation[one] : this[one];
  }

  #has(one: Examination, result: RunResult): boolean {
    if (one !== 'search') return this.#ofRun(this.#of(one), result) !== null;
    const found = this.#ofRun(this.validation.search, result);
    return found !== null && unfinishedOf(found) === 0;
  }

  #isStopped(): boolean {
    return this.stopped;
  }

  /** The answer, if it belongs to this run. */
  #ofRun<T>({ value, study }: Answered<T>, result: RunResult): T | null {
    return study !== null && sameRun(study, result.study) ? value : null;
  }
}
