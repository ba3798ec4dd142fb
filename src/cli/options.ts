import type { Convention } from '../domain/metrics/convention.ts';
import type { Budget } from '../domain/search/adaptive.ts';
import type { SearchMethod } from '../domain/study/validation.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { Stamp } from '../domain/reading.ts';
import type { DateOrder } from '../wire/lab.ts';
import type { AlertOptions } from './alert-options.ts';
import type { ClusterOptions } from './cluster/options.ts';
import type { ShardOptions } from './shards/options.ts';
import type { JournalOptions } from './journal-options.ts';

/** Options that name files of data. */
export const dataInputs = [
  'data',
  'attention',
  'macro',
  'universe',
  'instruments',
  'events',
  'detail',
] as const;

/** Where the bars and series are, and where results go. */
export interface DataOptions extends JournalOptions {
  readonly data?: readonly string[];
  readonly attention?: readonly string[];
  readonly macro?: readonly string[];
  readonly universe?: readonly string[];
  readonly instruments?: readonly string[];
  readonly events?: readonly string[];
  /** Finer bars. */
  readonly detail?: readonly string[];
  readonly dateOrder?: DateOrder;
  /** Of the clocks that show the times of bars. */
  readonly zone?: string;
  /** Code of an exchange, or none. */
  readonly exchange?: string;
  readonly stamp?: Stamp;
  readonly closesAlone?: boolean;
  /** File that says how files are read. */
  readonly map?: string;
  readonly rawPrices?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** How many threads simulate trials; without a number, as many as the machine has cores and memory for. */
export interface WorkersOptions {
  readonly workers?: number;
}

/** Where tables go. */
export interface TableOptions {
  readonly out?: string;
  readonly format?: TableFormat;
}

/** Changes to the study. */
export interface StudyOptions extends DataOptions {
  readonly convention?: Convention;
  /** Name of a preset. */
  readonly costs?: string;
}

export interface RunOptions extends StudyOptions, TableOptions, AlertOptions {
  readonly allMetrics?: boolean;
}

export interface VaryingOptions extends StudyOptions, WorkersOptions {
  readonly vary?: readonly string[];
  readonly method?: SearchMethod;
  readonly budget?: Budget;
  readonly trials?: number;
}

/** How the work is cut: by hand, or for a cluster. */
interface CuttingOptions extends ShardOptions, ClusterOptions {}

export interface SearchOptions extends VaryingOptions, TableOptions, CuttingOptions {
  /** File for the returns of all trials. */
  readonly returns?: string;
}

export interface WalkForwardOptions extends VaryingOptions, TableOptions, CuttingOptions {
  readonly crossValidation?: boolean;
  readonly learn?: boolean;
}

export interface AuditOptions extends VaryingOptions, AlertOptions, CuttingOptions {
  /** Whether the study's search and walk-forward are part of it; --no-search leaves them out. */
  readonly search: boolean;
  /** A known cheat, or all. */
  readonly demonstration?: string;
  /** File with the returns of many trials, in place of a study; and how they are read. */
  readonly returns?: string;
  readonly riskFree?: number;
  readonly perYear?: number;
  readonly seed?: number;
}

/** Where the data are, if not where the shards say, and how the answer is told. */
export interface MergeOptions extends DataOptions, TableOptions, WorkersOptions, AlertOptions {
  readonly returns?: string;
}

export interface LinkOptions extends StudyOptions {
  /** Address of the page that opens the link. */
  readonly page?: string;
  /** An .outsample file to write. */
  readonly file?: string;
  readonly note?: readonly string[];
  /** Whether file names travel; --no-names leaves them out. */
  readonly names: boolean;
}

export type VerifyOptions = DataOptions;

export interface ReportOptions extends VaryingOptions {
  /** The file; - is standard output. */
  readonly out: string;
  /** All of it, none of it; without either, what needs no parameter search. */
  readonly audit?: boolean;
  /** Address of the page that opens the link. */
  readonly page?: string;
  /** Whether the link stands in the report; --no-link leaves it out. */
  readonly link: boolean;
}

export interface MetricsOptions extends StudyOptions, AlertOptions, WorkersOptions {
  /** Whether the run is examined too, for its findings. */
  readonly audit?: boolean;
  /** Serves the gauges on this port; 0 takes any that is free. */
  readonly port?: number;
  readonly host?: string;
  /** Seconds between runs, while it serves. */
  readonly every?: number;
}
