/** What the rooms above may know of the wire: its types, and how any failure reads as data. */
export type {
  DatasetSummary,
  EngineInfo,
  ExportFile,
  FileRole,
  FileSummary,
  InputFile,
  OnProgress,
  Progress,
  RunResult,
  SignalSeries,
  SymbolSummary,
} from '../protocol/lab.ts';
export { errorData } from '../protocol/errors.ts';
