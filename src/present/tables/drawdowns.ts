import type { FileTable } from '../../domain/file-table.ts';
import { type Episode, worstDrawdowns } from '../../domain/metrics/drawdown.ts';
import type { Equity } from '../../domain/run.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import type { Step } from '../../domain/units.ts';
import { fileTable } from '../file-table.ts';
import { measured } from '../format.ts';
import { elapsedWord, toldZone } from '../times.ts';
import { type Moment, instant, moment } from './instants.ts';
import { ofList } from './table.ts';

export interface DrawdownRow extends Episode, Pick<Equity, 'day' | 'known'> {
  readonly number: number;
  readonly clock?: BarClock;
}

const most = 10;

/** The ten worst times below a peak. */
export const drawdownRows = (
  { day, known, equity }: Pick<Equity, 'day' | 'known' | 'equity'>,
  initialCash: number,
  clock?: BarClock,
): DrawdownRow[] =>
  worstDrawdowns(equity, initialCash, most).map((one, i) => ({
    ...one,
    ...{ number: i + 1, day },
    ...(known && { known }),
    ...(clock && { clock }),
  }));

/** The initial cash stands where no session was higher: its date is the first session’s. */
const startOf = ({ peak }: DrawdownRow): Step => Math.max(peak, 0);

const at = (
  id: string,
  title: string,
  stepOf: (row: DrawdownRow) => Step | null,
): Moment<DrawdownRow> => ({
  ...{ id, title },
  day: (row) => row.day[stepOf(row) ?? -1] ?? null,
  at: (row) => row.known?.[stepOf(row) ?? -1],
});

const peak = at('peak', 'Peak', startOf);
const trough = at('trough', 'Trough', ({ trough }) => trough);
const recovered: Moment<DrawdownRow> = {
  ...at('recovered', 'Recovered', ({ recovered }) => recovered),
  none: 'not yet',
};

const told = moment(peak);

/** Calendar days, with parts of them where bars have a clock. */
function lengthOf(row: DrawdownRow): number {
  const [from, to] = [startOf(row), row.end];
  return row.known === undefined
    ? row.day[to]! - row.day[from]!
    : (row.known[to]! - row.known[from]!) / 86_400;
}

export const drawdownColumns = ofList<DrawdownRow>([
  { id: 'rank', title: 'Rank', unit: 'text', stored: 'integer', cell: ({ number }) => number },
  {
    ...told,
    words: (row, i) => `${told.words!(row, i)}${row.peak < 0 ? ', the start' : ''}`,
  },
  moment(trough),
  moment(recovered),
  {
    ...{ id: 'days', title: 'Length', unit: 'days', cell: lengthOf },
    words: (row) =>
      toldZone(row.clock) === null
        ? measured(lengthOf(row), 'days')
        : elapsedWord(lengthOf(row) * 86_400),
  },
  { id: 'depth', title: 'Depth', unit: 'percent', cell: ({ depth }) => depth },
]);

const instants = ofList<DrawdownRow>([
  instant('peak_at', 'Peak at', peak),
  instant('trough_at', 'Trough at', trough),
  instant('recovered_at', 'Recovered at', recovered),
]);

/** A file of them: one line for each. */
export const drawdownsTable = (rows: readonly DrawdownRow[]): FileTable =>
  fileTable(
    rows[0]?.clock === undefined ? drawdownColumns : [...drawdownColumns, ...instants],
    rows,
    rows.length,
  );
