import { type Episode, worstDrawdowns } from '../../domain/metrics/drawdown.ts';
import type { Equity } from '../../domain/run.ts';
import type { Days } from '../../domain/units.ts';
import { date } from '../format.ts';
import { ofList } from './table.ts';

export interface DrawdownRow extends Episode {
  readonly number: number;
  readonly day: Days;
}

const most = 10;

/** The ten worst times below a peak. */
export const drawdownRows = (
  { day, equity }: Pick<Equity, 'day' | 'equity'>,
  initialCash: number,
): DrawdownRow[] =>
  worstDrawdowns(equity, initialCash, most).map((one, i) => ({ ...one, number: i + 1, day }));

/** The initial cash stands where no session was higher: its date is the first session’s. */
const startOf = ({ peak, day }: DrawdownRow): number => day[Math.max(peak, 0)]!;

export const drawdownColumns = ofList<DrawdownRow>([
  { id: 'rank', title: 'Rank', unit: 'text', stored: 'integer', cell: ({ number }) => number },
  {
    id: 'peak',
    title: 'Peak',
    unit: 'date',
    cell: startOf,
    words: (row) => (row.peak < 0 ? `${date(startOf(row))}, the start` : date(startOf(row))),
  },
  { id: 'trough', title: 'Trough', unit: 'date', cell: ({ day, trough }) => day[trough]! },
  {
    id: 'recovered',
    title: 'Recovered',
    unit: 'date',
    none: 'not yet',
    cell: ({ day, recovered }) => (recovered === null ? null : day[recovered]!),
  },
  { id: 'days', title: 'Length', unit: 'days', cell: (row) => row.day[row.end]! - startOf(row) },
  { id: 'depth', title: 'Depth', unit: 'percent', cell: ({ depth }) => depth },
]);
