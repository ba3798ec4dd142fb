import type { Drift, DriftOfDay, DriftRow } from '../../domain/live/drift.ts';
import type { FileTable } from '../../domain/file-table.ts';
import { fileTable } from '../file-table.ts';
import { type Column, ofList } from './table.ts';

/** Fills of a market beside those that the simulator would have booked. */
const driftColumns: readonly Column<readonly DriftRow[]>[] = ofList<DriftRow>([
  { id: 'date', title: 'Session', unit: 'date', cell: ({ day }) => day },
  { id: 'symbol', title: 'Symbol', unit: 'text', cell: ({ symbol }) => symbol },
  {
    id: 'what',
    title: 'Fill',
    unit: 'text',
    cell: ({ what }) => what,
    words: ({ what }) => (what === 'entry' ? 'Entry' : 'Exit'),
  },
  {
    id: 'market',
    title: 'Market',
    unit: 'price',
    cell: ({ market }) => market,
    none: 'missed',
  },
  { id: 'model', title: 'Simulator', unit: 'price', cell: ({ model }) => model, none: 'no fill' },
  { id: 'slippage', title: 'Worse by', unit: 'bps', cell: ({ slippage }) => slippage },
]);

/** The same by session. */
export const driftDayColumns: readonly Column<readonly DriftOfDay[]>[] = ofList<DriftOfDay>([
  { id: 'date', title: 'Session', unit: 'date', cell: ({ day }) => day },
  { id: 'compared', title: 'Fills compared', unit: 'count', cell: ({ compared }) => compared },
  { id: 'slippage', title: 'Worse by', unit: 'bps', cell: ({ slippage }) => slippage },
  { id: 'missed', title: 'Missed', unit: 'count', cell: ({ missed }) => missed },
  { id: 'extra', title: 'Extra', unit: 'count', cell: ({ extra }) => extra },
]);

/** A file of the drift: one line for each fill that either side has. */
export const driftTable = ({ rows }: Drift): FileTable =>
  fileTable(driftColumns, rows, rows.length);
