import type { FileTable } from '../../domain/file-table.ts';
import type { Equity } from '../../domain/run.ts';
import { fileTable } from '../file-table.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import { type Moment, instant, moment } from './instants.ts';
import type { Column } from './table.ts';

export interface EquitySource {
  readonly equity: Equity;
  /** Buy & hold on the same sessions. */
  readonly benchmark: ArrayLike<number>;
  readonly clock?: BarClock;
}

/** The session of a step, and when the step is known. */
const step = {
  id: 'date',
  title: 'Date',
  day: ({ equity }, i) => equity.day[i]!,
  at: ({ equity }, i) => equity.known?.[i],
} satisfies Moment<EquitySource>;

export const equityColumns: readonly Column<EquitySource>[] = [
  moment(step),
  { id: 'equity', title: 'Equity', unit: 'currency', cell: ({ equity }, i) => equity.equity[i]! },
  { id: 'cash', title: 'Cash', unit: 'currency', cell: ({ equity }, i) => equity.cash[i]! },
  {
    id: 'gross_exposure',
    title: 'Gross exposure',
    unit: 'currency',
    cell: ({ equity }, i) => equity.gross[i]!,
  },
  {
    id: 'net_exposure',
    title: 'Net exposure',
    unit: 'currency',
    cell: ({ equity }, i) => equity.net[i]!,
  },
  {
    id: 'positions',
    title: 'Positions',
    unit: 'count',
    cell: ({ equity }, i) => equity.positions[i]!,
  },
  {
    id: 'buy_and_hold',
    title: 'Buy & hold',
    unit: 'currency',
    cell: ({ benchmark }, i) => benchmark[i]!,
  },
];

/** Where money comes and goes. */
const payments: readonly Column<EquitySource>[] = [
  {
    id: 'units',
    title: 'Units',
    unit: 'quantity',
    cell: ({ equity }, i) => equity.payments?.units[i] ?? null,
  },
  {
    id: 'paid_in',
    title: 'Paid in',
    unit: 'currency',
    cell: ({ equity }, i) => equity.payments?.paid[i] ?? null,
  },
];

const known = instant('known', 'Known at', step);

/** A file of equity: one line per step. */
export function equityTable(
  equity: Equity,
  benchmark: ArrayLike<number>,
  clock?: BarClock,
): FileTable {
  const [session, ...others] = equityColumns as [Column<EquitySource>, ...Column<EquitySource>[]];
  return fileTable(
    [
      session,
      ...(clock === undefined ? [] : [known]),
      ...others,
      ...(equity.payments === undefined ? [] : payments),
    ],
    { equity, benchmark, ...(clock && { clock }) },
    equity.day.length,
  );
}
