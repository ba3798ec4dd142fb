import { cell, text } from '@observablehq/plot';
import { type MonthGrid, monthStep, monthSteps } from '../figures/months.ts';
import { cellPercent, percent } from '../format.ts';
import { monthWords } from '../month-words.ts';
import type { Drawing } from './frame.ts';

/** A month of the grid, as it is drawn. */
export interface MonthCell {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly returned: number;
}

export const monthCells = ({ years }: MonthGrid): MonthCell[] =>
  years.flatMap(({ year, months }) =>
    months.flatMap((returned, month) => (returned === null ? [] : [{ year, month, returned }])),
  );

const [top, row] = [28, 26];

export const monthsHeight = ({ years }: MonthGrid): number => top + 8 + years.length * row;

/** Percent of a colour over the middle: the words on it stay legible in both themes. */
const strengths = [0, 12, 24, 36, 48];

/** Years from top to bottom, months from left to right, each with its return in per cent. */
export function monthsChart(grid: MonthGrid, width: number): Drawing {
  const cells = monthCells(grid);
  const narrow = width < 560;
  const fill = ({ returned }: MonthCell): string => {
    const step = monthStep(returned, grid.step);
    return `color-mix(in oklab, var(--heat-${step < 0 ? 'low' : 'high'}) ${strengths[Math.abs(step)]}%, var(--heat-mid))`;
  };
  const place = { x: 'month', y: 'year' } as const;
  return {
    options: {
      className: 'plot',
      width,
      height: monthsHeight(grid),
      marginLeft: 44,
      marginRight: 4,
      marginTop: top,
      marginBottom: 8,
      x: {
        type: 'band',
        domain: monthWords.map((_, i) => i),
        axis: 'top',
        label: null,
        tickSize: 0,
        padding: 0.04,
        tickFormat: (month: number) => monthWords[month]!.slice(0, narrow ? 1 : 3),
      },
      y: {
        type: 'band',
        domain: grid.years.map(({ year }) => year),
        label: null,
        tickSize: 0,
        padding: 0.04,
        tickFormat: String,
      },
      marks: [
        cell(cells, { ...place, fill }),
        text(cells, {
          ...place,
          text: ({ returned }: MonthCell) =>
            narrow ? signOf(returned) : cellPercent(returned, grid.digits),
          fill: 'var(--text)',
        }),
      ],
    },
    drawn: cells.length,
    total: cells.length,
  };
}

const signOf = (returned: number): string => (returned > 0 ? '+' : returned < 0 ? '−' : '');

/** What the colours of the grid stand for. */
export const monthKey = ({ step }: MonthGrid): string =>
  step === 0
    ? 'Nothing moved.'
    : `Above zero in the colour of gains, below it in that of losses, each stronger by ${percent(step)}, the strongest beyond ${percent(step * (monthSteps.length - 1))}.`;
