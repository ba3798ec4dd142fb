import { barY, ruleY, tickY } from '@observablehq/plot';
import { type Drawing, frame, valueScale } from './frame.ts';
import type { Year } from './years.ts';

/** The return of each calendar year as a bar, that of buy & hold as a line across it. */
export function yearBarsChart(years: readonly Year[], width: number, height: number): Drawing {
  const values = years.flatMap(({ change, benchmarkChange }) => [change, benchmarkChange]);
  return {
    options: {
      ...frame([0, 0], width, height),
      ...valueScale([[0], values], 'percent', height, { round: true }),
      x: {
        type: 'band',
        domain: years.map(({ year }) => year),
        label: null,
        tickSize: 0,
        padding: 0.3,
        tickFormat: (year: number) =>
          years.length > width / 40 && year % 5 !== 0 ? '' : String(year),
      },
      marks: [
        barY(years, {
          x: 'year',
          y: 'change',
          fill: ({ change }: Year) => (change < 0 ? 'var(--under)' : 'var(--equity)'),
        }),
        tickY(years, {
          x: 'year',
          y: 'benchmarkChange',
          stroke: 'var(--benchmark)',
          strokeWidth: 2,
          strokeDasharray: '4,3',
        }),
        ruleY([0], { stroke: 'var(--axis)' }),
      ],
    },
    drawn: years.length,
    total: years.length,
  };
}
