import type {
  CallOptions,
  ExportFile,
  Progress,
  ReportExtras,
  RunResult,
  SymbolSeries,
  TextFile,
} from '../wire/lab.ts';
import type { Convention } from '../domain/metrics/convention.ts';
import type { RunSummary } from '../domain/journal.ts';
import type { RunFile } from '../domain/run.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { Study } from '../domain/study/study.ts';
import type { Finding } from '../domain/validation/finding.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';
import { TimeCut } from './time-cut.svelte.ts';

const first = { phase: 'features', label: 'Starting the run', ratio: 0 } as const;

const writing = (name: RunFile): Progress => ({
  phase: 'results',
  label: `Writing ${name}`,
  ratio: 0,
});

/** A result, the settings as they were when it was computed, and its id in the history. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly study: Study;
  readonly id: string | null;
}

/** The last run: its result, the signal on show, its files. */
export class RunState {
  readonly task = new Task();
  readonly signalTask = new Task();
  readonly exportTask = new Task();
  result = $state.raw<RunResult | null>(null);
  /** The result is not in the history yet. */
  storing = $state(false);
  /** The result’s id in the history; null where it is not there. */
  recordedAs = $state<string | null>(null);
  /** The settings as they were when the result was computed. */
  study = $state.raw<Study | null>(null);
  series = $state.raw<SymbolSeries | null>(null);
  symbol = $state('');
  readonly cut: TimeCut;
  #convention = $state<Convention | null>(null);

  constructor(
    private readonly lab: Lab,
    /** What was found out about the run before is on its way out. */
    private readonly onStart: () => void,
    /** Resolves when the result is stored, with its id there, or cannot be. */
    private readonly onFinished: (
      result: RunResult,
      recorded: RunSummary | null,
    ) => Promise<string | null>,
  ) {
    this.cut = new TimeCut(lab);
  }

  /** Whose definitions the numbers on screen follow: the person’s choice, or the study’s. */
  get convention(): Convention {
    return this.#convention ?? this.result?.study.metrics.convention ?? 'outsample';
  }
  set convention(convention: Convention) {
    this.#convention = convention;
  }

  /** `recorded` is the run of the history that this is said to be again. */
  async start(study: Study, recorded: RunSummary | null = null): Promise<void> {
    this.onStart();
    const result = await this.task.attempt(first, (options) =>
      this.lab.call('run', [study], options),
    );
    if (result === null) return;
    this.series = null;
    this.study = study;
    this.result = result;
    this.storing = true;
    this.recordedAs = null;
    void this.onFinished(result, recorded).then((id) => {
      if (this.result !== result) return;
      this.storing = false;
      this.recordedAs = id;
    });
    await this.show(mostTraded(result));
  }

  /** Shows a run of before a reload. */
  resume({ result, study, id }: FinishedRun, series: SymbolSeries | null): void {
    this.result = result;
    this.study = study;
    this.recordedAs = id;
    this.series = series;
    this.symbol = series?.symbol ?? mostTraded(result);
  }

  /** Loads the signal of one symbol. */
  async show(symbol: string): Promise<void> {
    this.cut.clear();
    this.symbol = symbol;
    const result = this.result;
    const series = await this.signalTask.attempt(first, (options) =>
      this.lab.call('symbolSeries', [symbol], options),
    );
    if (this.result !== result) return;
    if (series !== null) this.series = series;
    if (this.symbol !== symbol) await this.show(this.symbol); // Another one was asked for meanwhile.
  }

  /** One of the run's files; null if it failed. */
  exported(name: RunFile): Promise<ExportFile | null> {
    return this.exportTask.attempt(writing(name), (options) =>
      this.lab.call('exportRun', [name], options),
    );
  }

  /** Prometheus gauges of the last run and of what an audit found on it. */
  gauges(findings: readonly Finding[], options: CallOptions): Promise<readonly Gauge[]> {
    return this.lab.call('gauges', [findings], options);
  }

  /** The last run as one HTML file. */
  report(extras: ReportExtras, options: CallOptions): Promise<TextFile> {
    return this.lab.call('report', [extras], options);
  }

  clear(): void {
    this.cut.clear();
    this.result = null;
    this.storing = false;
    this.study = null;
    this.series = null;
    this.task.error = null;
    this.task.cancelled = false;
  }
}

function mostTraded({ symbols, trades }: RunResult): string {
  const count = new Uint32Array(symbols.length);
  for (let i = 0; i < trades.length; i++) count[trades.symbol[i]!]!++;
  const most = count.reduce((best, trades, symbol) => (trades > count[best]! ? symbol : best), 0);
  return symbols[most] ?? '';
}
