import type { PushTarget } from '../wire/egress-client.ts';
import { errorData } from '../wire/errors.ts';
import type { LabErrorData } from '../domain/errors.ts';
import type { Exposition } from '../present/exposition.ts';
import type { AuditState } from './audit.svelte.ts';
import type { RunResult } from '../wire/lab.ts';
import type { RunState } from './run.svelte.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'results', label: 'Reading the gauges', ratio: 0 } as const;

/** A push that waits for a yes, or has been done, and the run that it is about. */
interface Push extends PushTarget {
  readonly of: RunResult;
}

/** The last run as Prometheus gauges: a file, or a push to an address that a person has typed and confirmed. */
export class MetricsState {
  readonly task = new Task();
  readonly pushTask = new Task();
  /** Why the typed address cannot be called. */
  fault = $state.raw<LabErrorData | null>(null);
  #address = $state('');
  #asked = $state.raw<Push | null>(null);
  #sent = $state.raw<Push | null>(null);

  constructor(
    private readonly run: RunState,
    private readonly audit: AuditState,
  ) {}

  get address(): string {
    return this.#address;
  }
  /** Another address needs another yes. */
  set address(address: string) {
    this.#address = address;
    this.withdraw();
    this.#sent = null;
  }

  /** What would be called if the person says yes. */
  get asked(): PushTarget | null {
    return this.#ofRun(this.#asked);
  }
  /** Where the gauges of this run have gone. */
  get sent(): PushTarget | null {
    return this.#ofRun(this.#sent);
  }

  /** The gauges as text; null where it failed or there is no run. */
  text(): Promise<Exposition | null> {
    return this.task.attempt(first, (options) => this.#exposition(options));
  }

  /** Works out what would be called, and calls nothing. */
  async ask(): Promise<void> {
    const { result } = this.run;
    if (result === null) return;
    this.withdraw();
    this.#sent = null;
    try {
      const { pushTarget } = await import('../wire/egress-client.ts');
      this.#asked = { ...pushTarget(this.#address, result.study.name), of: result };
    } catch (error) {
      this.fault = errorData(error);
    }
  }

  /** Takes back what was asked. */
  withdraw(): void {
    this.#asked = null;
    this.fault = null;
    this.pushTask.error = null;
    this.pushTask.cancelled = false;
  }

  /** The person has said yes. */
  async push(): Promise<void> {
    const target = this.#ofRun(this.#asked);
    if (target === null) return;
    const sent = await this.pushTask.attempt(first, async (options) => {
      const exposition = await this.#exposition(options);
      const { push } = await import('../wire/egress-client.ts');
      await push(target, exposition, options.signal);
      return target;
    });
    if (sent === null) return;
    this.#asked = null;
    this.#sent = sent;
  }

  async #exposition(options: { readonly signal: AbortSignal }): Promise<Exposition> {
    await this.audit.prepare();
    const [gauges, { expositionOf }] = await Promise.all([
      this.run.gauges(this.audit.findings, options),
      import('../present/exposition.ts'),
    ]);
    return expositionOf(gauges);
  }

  #ofRun(push: Push | null): Push | null {
    return push?.of === this.run.result ? push : null;
  }
}
