/** What the rooms above may know of the wire: its types, and how any failure reads as data. */
export type {
  Ambiguity,
  DatasetSummary,
  DateOrder,
  ExportFile,
  FileRole,
  FileSummary,
  InputFile,
  Progress,
  ReportExtras,
  RunResult,
  SignalSeries,
} from './lab.ts';
export { errorData } from './errors.ts';
