import { drawdownColumns, drawdownRows } from '../tables/drawdowns.ts';
import { captionNote } from '../times.ts';
import { type Section, paragraph } from './section.ts';
import type { Subject } from './subject.ts';
import { rowsOf, shared, tableOf } from './table.ts';

export const drawdownTable = tableOf('drawdowns', shared(drawdownColumns));

/** The ten worst times below a peak. */
export function drawdowns({ run, initialCash }: Subject): Section {
  const rows = drawdownRows(run.equity, initialCash, run.clock);
  return {
    id: 'drawdowns',
    title: 'Worst drawdowns',
    content:
      rows.length === 0
        ? paragraph('There was no drawdown.')
        : drawdownTable.render(
            `By depth at the close, the deepest first; length in calendar days from the peak to the recovery, or to the last session${captionNote(run)}`,
            rowsOf(rows, rows.length),
          ),
  };
}
