import { isSearchable } from '../domain/search/candidates.ts';
import { type Finding as Said, verdictOf } from '../domain/validation/finding.ts';
import { findingsOn } from '../domain/validation/findings/all.ts';
import type { LookAheadReport } from '../domain/validation/look-ahead.ts';
import type { SurvivorshipReport } from '../domain/validation/survivorship.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import { Finding } from './finding.svelte.ts';
import type { Lab } from './lab.ts';
import type { RunResult } from '../wire/lab.ts';
import type { RunState } from './run.svelte.ts';
import { sameRun } from '../domain/study/keys.ts';
import type { ValidationState } from './validation.svelte.ts';

/** What is examined of the last run, and what it amounts to. */
export class AuditState {
  readonly lookAhead: Finding<LookAheadReport>;
  readonly survivorship: Finding<SurvivorshipReport>;
  readonly overfitting: Finding<OverfittingReport>;
  /** The audit of a known mistake, and which one it was. */
  readonly demonstration: Finding<LookAheadReport>;
  demonstrated = $state('');
  /** The examinations that a run by «Examine everything» still waits for; null while none is under way. */
  left = $state<number | null>(null);
  #stopped = false;

  constructor(
    lab: Lab,
    private readonly run: RunState,
    private readonly validation: ValidationState,
    ledger: (fingerprint: string) => Promise<LedgerFacts>,
    private readonly isSynthetic: () => boolean,
  ) {
    this.lookAhead = new Finding((_, options) => lab.call('lookAhead', [], options));
    this.survivorship = new Finding((_, options) => lab.call('survivorship', [], options));
    this.demonstration = new Finding((_, options) =>
      lab.call('demonstrate', [this.demonstrated], options),
    );
    this.overfitting = new Finding(async (_, options) =>
      lab.call('overfitting', [await ledger(this.run.result?.fingerprint ?? '')], options),
    );
  }

  /** Audits a known mistake. */
  async demonstrate(id: string): Promise<void> {
    const { study } = this.run;
    if (study === null || this.busy) return;
    this.demonstrated = id;
    await this.demonstration.find(study);
  }

  readonly findings: readonly Said[] = $derived.by(() => {
    const { result } = this.run;
    return result === null ? [] : this.#findingsOn(result);
  });
  readonly verdict = $derived(verdictOf(this.findings));
  readonly red = $derived(this.findings.filter(({ level }) => level === 'red'));

  get busy(): boolean {
    return this.left !== null || [...this.#all, this.demonstration].some(({ task }) => task.busy);
  }

  /** Runs what has not been examined yet, one after another. */
  async examine(): Promise<void> {
    const { result, study } = this.run;
    if (result === null || study === null || this.busy) return;
    const { breakEven } = this.run;
    const { walkForward } = this.validation;
    const step = (finding: Finding<object>) => ({
      done: () => finding.value !== null,
      task: finding.task,
      ask: () => finding.find(study),
    });
    const steps = [
      step(this.lookAhead),
      step(this.survivorship),
      { done: () => breakEven.value !== null, task: breakEven.task, ask: () => breakEven.find() },
      ...(isSearchable(study)
        ? [
            {
              done: () => this.#ofRun(walkForward, result) !== null,
              task: walkForward.task,
              ask: () => walkForward.find(study),
            },
          ]
        : []),
      step(this.overfitting), // After the search that the walk-forward makes.
    ].filter(({ done }) => !done());
    this.#stopped = false;
    for (const [i, { ask, task }] of steps.entries()) {
      this.left = steps.length - i;
      await ask();
      if (task.cancelled || this.#isStopped() || this.run.result !== result) break;
    }
    this.left = null;
  }

  cancel(): void {
    this.#stopped = true;
    for (const { task } of [...this.#all, this.demonstration]) task.cancel();
    if (this.left === null) return;
    this.run.breakEven.task.cancel();
    this.validation.walkForward.task.cancel();
  }

  /** Another run has come. */
  clear(): void {
    this.#stopped = true;
    for (const finding of this.#all) finding.clear();
  }

  get #all() {
    return [this.lookAhead, this.survivorship, this.overfitting];
  }

  #findingsOn(result: RunResult): Said[] {
    const examined = {
      lookAhead: this.lookAhead.value,
      survivorship: this.survivorship.value,
      breakEven: this.run.breakEven.value,
      walkForward: this.#ofRun(this.validation.walkForward, result),
      overfitting: this.overfitting.value,
      learning: this.#ofRun(this.validation.learning, result),
    };
    return findingsOn(result, examined, this.isSynthetic());
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  /** The answer, if it belongs to this run. */
  #ofRun<T>({ value, study }: Finding<T>, result: RunResult): T | null {
    return study !== null && sameRun(study, result.study) ? value : null;
  }
}
