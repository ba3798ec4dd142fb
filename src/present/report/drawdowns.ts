import { type Episode, worstDrawdowns } from '../../domain/metrics/drawdown.ts';
import { counted, date, percent } from '../format.ts';
import { type Section, paragraph } from './section.ts';
import type { Subject } from './subject.ts';
import { tableOf } from './table.ts';
import type { Days } from '../../domain/units.ts';

const most = 10;

interface DrawdownRow extends Episode {
  readonly number: number;
  readonly day: Days;
}

/** The initial cash stands where no session was higher: its date is the first session’s. */
const startOf = ({ peak, day }: DrawdownRow): number => day[Math.max(peak, 0)]!;

export const drawdownTable = tableOf<DrawdownRow>('drawdowns', [
  { head: 'Rank', cell: ({ number }) => String(number) },
  {
    head: 'Peak',
    cell: (row) => (row.peak < 0 ? `${date(startOf(row))}, the start` : date(startOf(row))),
  },
  { head: 'Trough', cell: ({ day, trough }) => date(day[trough]) },
  {
    head: 'Recovered',
    cell: ({ day, recovered }) => (recovered === null ? 'not yet' : date(day[recovered])),
  },
  {
    head: 'Length',
    numeric: true,
    cell: (row) => counted(row.day[row.end]! - startOf(row), 'day'),
  },
  { head: 'Depth', numeric: true, cell: ({ depth }) => percent(depth) },
]);

/** The ten worst times below a peak. */
export function drawdowns({ run, initialCash }: Subject): Section {
  const { day, equity } = run.equity;
  const rows = worstDrawdowns(equity, initialCash, most).map((one, i) => ({
    ...one,
    number: i + 1,
    day,
  }));
  return {
    id: 'drawdowns',
    title: 'Worst drawdowns',
    content:
      rows.length === 0
        ? paragraph('There was no drawdown.')
        : drawdownTable.render(
            'By depth at the close, the deepest first; length in calendar days from the peak to the recovery, or to the last session',
            rows,
          ),
  };
}
