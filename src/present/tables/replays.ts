import type { FileTable } from '../../domain/file-table.ts';
import { type ReplayReport, replays as names } from '../../domain/validation/look-ahead.ts';
import { fileTable } from '../file-table.ts';
import { count, counted, dash } from '../format.ts';
import { chosen, ofList } from './table.ts';

export const replayColumns = ofList<ReplayReport>([
  {
    id: 'replay',
    title: 'Replay',
    unit: 'text',
    cell: ({ replay }) => replay,
    words: ({ replay }) => names[replay],
  },
  {
    id: 'tried',
    title: 'Tried',
    unit: 'count',
    cell: ({ tried, notApplicable }) => (notApplicable === null ? tried : null),
    words: ({ tried, of, unit, notApplicable }) =>
      notApplicable === null ? `${count(tried)} of ${counted(of, unit)}` : dash,
  },
  {
    id: 'sessions',
    title: 'Sessions',
    unit: 'count',
    cell: ({ of, notApplicable }) => (notApplicable === null ? of : null),
  },
  {
    id: 'steps',
    title: 'Steps',
    unit: 'count',
    cell: ({ of, notApplicable }) => (notApplicable === null ? of : null),
  },
  {
    id: 'found_on',
    title: 'Found on',
    unit: 'date',
    cell: ({ found }) => found?.session ?? null,
  },
  {
    id: 'found',
    title: 'Found',
    unit: 'text',
    cell: ({ text }) => text,
    words: ({ text }) => text.slice(text.indexOf(': ') + 2),
  },
]);

/** A file of replays: one line for each kind. */
export function replaysTable(replays: readonly ReplayReport[]): FileTable {
  const of = replays.some(({ unit }) => unit === 'step') ? 'steps' : 'sessions';
  const columns = chosen(replayColumns, ['replay', 'tried', of, 'found_on', 'found']);
  return fileTable(columns, replays, replays.length);
}
