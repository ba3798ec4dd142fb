import type { FileTable } from '../../domain/file-table.ts';
import type {
  AttritionRow,
  Figures,
  SurvivorshipReport,
} from '../../domain/validation/survivorship.ts';
import { fileTable } from '../file-table.ts';
import { counted, share as whole } from '../format.ts';
import { biasWords } from '../survivorship-sentences.ts';
import { ofList } from './table.ts';

interface UniverseRun {
  readonly title: string;
  /** What its difference measures; empty of the full universe. */
  readonly shows: string;
  readonly symbols: number;
  readonly figures: Figures | null;
  /** Why it was not run. */
  readonly reason: string | null;
}

/** The run, on the full universe and on others. */
export const universeRuns = ({
  symbols,
  full,
  reruns,
  stress,
}: Pick<SurvivorshipReport, 'symbols' | 'full' | 'reruns' | 'stress'>): UniverseRun[] => [
  { title: 'Full universe', shows: '', symbols, figures: full, reason: null },
  ...reruns.map(({ bias, ...rerun }) => ({ ...rerun, shows: biasWords[bias].name })),
  ...stress.map(({ adverse, figures }) => ({
    title: `Every delisting ${whole(adverse)} against the position`,
    shows: 'delisting returns',
    symbols,
    figures,
    reason: null,
  })),
];

export const universeRunColumns = ofList<UniverseRun>([
  {
    id: 'run',
    title: 'Run',
    unit: 'text',
    cell: ({ title }) => title,
    words: ({ title, reason }) => (reason === null ? title : `${title}: ${reason}`),
  },
  { id: 'shows', title: 'Shows', unit: 'text', cell: ({ shows }) => shows },
  { id: 'symbols', title: 'Symbols', unit: 'count', cell: ({ symbols }) => symbols },
  { id: 'cagr', title: 'CAGR', unit: 'percent', cell: ({ figures }) => figures?.cagr ?? null },
  {
    id: 'sharpe',
    title: 'Sharpe',
    unit: 'ratio',
    cell: ({ figures }) => figures?.sharpe ?? null,
  },
  {
    id: 'max_drawdown',
    title: 'Drawdown',
    unit: 'percent',
    cell: ({ figures }) => figures?.maxDrawdown ?? null,
  },
  {
    id: 'trades',
    title: 'Trades',
    unit: 'count',
    cell: ({ figures }) => figures?.trades ?? null,
  },
  { id: 'reason', title: 'Reason', unit: 'text', cell: ({ reason }) => reason },
]);

export const attritionColumns = ofList<AttritionRow>([
  {
    id: 'years',
    title: 'Listed at least',
    unit: 'text',
    stored: 'double',
    cell: ({ years }) => years,
    words: ({ years }) => counted(years, 'year'),
  },
  { id: 'listed', title: 'Symbols', unit: 'count', cell: ({ listed }) => listed },
  { id: 'ended', title: 'Ended early', unit: 'count', cell: ({ ended }) => ended },
  { id: 'share', title: 'Share', unit: 'percent', cell: ({ share }) => share },
]);

/** A file of runs on other universes: one line for each. */
export const universeRunsTable = (runs: readonly UniverseRun[]): FileTable =>
  fileTable(universeRunColumns, runs, runs.length);

/** A file of those that ended early: one line for each number of years since they were listed. */
export const attritionTable = (rows: readonly AttritionRow[]): FileTable =>
  fileTable(attritionColumns, rows, rows.length);
