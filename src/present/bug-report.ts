import { bytes, count, counted } from './format.ts';

/** What a report tells beside the log. */
export interface BugFacts {
  readonly version: string;
  readonly engine: string;
  readonly duckdb: string | null;
  readonly browser: string;
  /** In pixels of CSS, and how many of the screen's make one. */
  readonly window: { readonly width: number; readonly height: number; readonly scale: number };
  readonly cores: number;
  readonly dataset: {
    readonly symbols: number;
    readonly bars: number;
    readonly roles: readonly string[];
    readonly bytes: number;
  } | null;
  readonly strategy: string;
  /** Those that differ from the defaults, by their place in the study. */
  readonly settings: readonly { readonly path: string; readonly value: unknown }[];
  readonly run: {
    readonly study: string;
    readonly trades: number;
    readonly sessions: number;
  } | null;
}

interface Told {
  readonly level: string;
}

const mostErrors = 10;
const mostLines = 200;

/** A bug report as text: facts, the last errors and the last lines of the log; `scrub` takes secrets out of a text. */
export function bugReport(
  facts: BugFacts,
  log: readonly Told[],
  scrub: (text: string) => string,
): string {
  const { window, dataset, settings, run } = facts;
  const errors = log.filter(({ level }) => level === 'error' || level === 'fatal');
  const lines = (told: readonly Told[]): string[] =>
    told.length === 0 ? ['none'] : told.map((one) => JSON.stringify(one));
  return [
    `Outsample ${facts.version}, engine ${facts.engine}${facts.duckdb === null ? '' : `, DuckDB ${facts.duckdb}`}`,
    `Browser: ${facts.browser}`,
    `Window: ${window.width} × ${window.height}, ${window.scale} pixels to one; ${counted(facts.cores, 'core')}`,
    dataset === null
      ? 'Dataset: none'
      : `Dataset: ${counted(dataset.symbols, 'symbol')}, ${counted(dataset.bars, 'bar')}, ${dataset.roles.join(', ')}, ${bytes(dataset.bytes)}`,
    `Strategy: ${facts.strategy}`,
    `Settings that differ: ${settings.length === 0 ? 'none' : ''}`,
    ...settings.map(({ path, value }) => `  ${path} = ${settingWord(value)}`),
    run === null
      ? 'Run: none'
      : `Run: ${counted(run.trades, 'trade')}, ${counted(run.sessions, 'session')}, study ${run.study}`,
  ]
    .map((line) => scrub(line).trimEnd())
    .concat(
      ['', `Last errors (${count(Math.min(errors.length, mostErrors))}):`],
      lines(errors.slice(-mostErrors)),
      ['', `Last lines of the log (${count(Math.min(log.length, mostLines))}):`],
      lines(log.slice(-mostLines)),
    )
    .join('\n');
}

/** Words of a list of choices are ours; any other text is a person's. */
function settingWord(value: unknown): string {
  if (typeof value === 'string') return /^[a-z-]{0,30}$/.test(value) ? value : 'a text';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'several values';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'not set';
}
