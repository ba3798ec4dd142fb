import type { TextFile } from '../wire/lab.ts';
import type { ReviewNote } from '../domain/link/payload.ts';
import type { AuditState } from './audit.svelte.ts';
import type { RunState } from './run.svelte.ts';
import { sameRun } from '../domain/study/keys.ts';
import { Task } from './task.svelte.ts';
import type { ValidationState } from './validation.svelte.ts';

const first = { phase: 'results', label: 'Writing the report', ratio: 0 } as const;

/** The last run as one HTML file, with all that was found out about it so far. */
export class ReportState {
  readonly task = new Task();

  constructor(
    private readonly run: RunState,
    private readonly audit: AuditState,
    private readonly validation: ValidationState,
  ) {}

  /** Whether the engine is at something else; it does one thing at a time. */
  get waits(): boolean {
    return this.run.task.busy || this.audit.busy || this.validation.busy;
  }

  /** What the report would leave open, in the findings’ words. */
  get open(): readonly string[] {
    return this.audit.findings.filter(({ level }) => level === 'open').map(({ title }) => title);
  }

  /** The file; null where it failed or there is no run. `link` gives the run’s link, null leaves it out. */
  async make(
    link: () => Promise<string | null>,
    synthetic: boolean,
    remarks: readonly ReviewNote[],
  ): Promise<TextFile | null> {
    const { result } = this.run;
    if (result === null) return null;
    return this.task.attempt(first, async (options) => {
      const { walkForward } = this.validation;
      await this.audit.prepare();
      const isOfRun = walkForward.study !== null && sameRun(walkForward.study, result.study);
      return this.run.report(
        {
          findings: this.audit.findings,
          walkForward: isOfRun ? walkForward.value : null,
          link: await link(),
          synthetic,
          remarks,
        },
        options,
      );
    });
  }
}
