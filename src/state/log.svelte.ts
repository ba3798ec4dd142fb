import { version } from '../../package.json';
import { engineVersion } from '../domain/version.ts';
import { type BugFacts, bugReport } from '../present/bug-report.ts';
import type { LogChoice } from '../wire/log/levels.ts';
import type { LogLine } from '../wire/log/line.ts';
import { levelOfPage, ring, setLevelOfPage } from '../wire/log/page.ts';
import { scrubbed } from '../wire/log/scrub.ts';
import type { DatasetState } from './dataset.svelte.ts';
import type { RunState } from './run.svelte.ts';
import type { StudyState } from './study.svelte.ts';

/** What a bug report tells of the work. */
export interface Work {
  readonly dataset: DatasetState;
  readonly study: StudyState;
  readonly run: RunState;
}

/** Lines come in bursts: the list follows so many milliseconds later. */
const pause = 100;

/** The page's log, as its panel shows it. */
export class LogState {
  lines = $state.raw<readonly LogLine[]>(ring.lines);
  /** From which level on lines are kept. */
  level = $state<LogChoice>(levelOfPage());
  #waits = false;

  constructor() {
    ring.watch(() => {
      if (this.#waits) return;
      this.#waits = true;
      setTimeout(() => {
        this.#waits = false;
        this.lines = ring.lines;
      }, pause);
    });
  }

  choose(level: LogChoice): void {
    this.level = level;
    setLevelOfPage(level);
  }

  clear(): void {
    ring.clear();
  }

  /** What a bug report needs, without secrets, values of data and texts. */
  report({ dataset, study, run }: Work): string {
    const { summary } = dataset;
    const facts: BugFacts = {
      ...{ version, engine: engineVersion, duckdb: run.result?.engine.duckdb ?? null },
      browser: navigator.userAgent,
      window: { width: innerWidth, height: innerHeight, scale: devicePixelRatio },
      cores: navigator.hardwareConcurrency,
      dataset: summary && {
        ...{ symbols: summary.symbols.length, bars: summary.bars },
        roles: summary.files.map(({ role }) => role),
        bytes: summary.files.reduce((sum, { bytes }) => sum + bytes, 0),
      },
      strategy: study.strategyId,
      settings: [...study.changes].map((path) => ({ path, value: study.get(path) })),
      run: run.result && {
        ...{ study: run.result.studyDigest, trades: run.result.trades.length },
        sessions: run.result.equity.day.length,
      },
    };
    return bugReport(facts, this.lines, scrubbed);
  }
}
