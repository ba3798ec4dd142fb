import { cell } from '@observablehq/plot';
import { firstDayOf, yearOf } from '../../domain/calendar.ts';
import { type MonthCoverage, shareThere } from '../../domain/quality.ts';
import type { Ratio } from '../../domain/units.ts';
import { monthWord } from '../month-words.ts';
import { mostNames, mostRows, spreadOver } from './coverage.ts';
import { type Drawing, columnsOf, frame } from './frame.ts';
import { heatColor } from './heat.ts';

interface MonthCell {
  readonly symbol: number;
  readonly month: number;
  readonly share: Ratio;
}

const whole = { low: 0, high: 1, centre: null };

/** Symbols by month: the more of the calendar's bars are there, the stronger the colour; a frame where there is none. */
export function monthCoverageChart(
  coverage: MonthCoverage,
  symbols: readonly string[],
  width: number,
  height: number,
): Drawing {
  const { first, months } = coverage;
  const rows = spreadOver(symbols.length, mostRows);
  const all = Array.from({ length: months }, (_, month) => month);
  const cells = rows.flatMap((symbol) =>
    all.map((month): MonthCell => ({ symbol, month, share: shareThere(coverage, symbol, month) })),
  );
  const wanted = Math.max(Math.floor(columnsOf(width) / 70), 1);
  const each = [1, 3, 6, 12, 24, 60, 120].find((step) => months / step <= wanted) ?? 240;
  const word = (month: number): string => {
    const day = firstDayOf(first + month);
    const name = monthWord(day);
    return name === 'Jan' || month < each ? `${name} ${yearOf(day)}` : name;
  };
  return {
    options: {
      ...frame([0, 1], width, height),
      color: { type: 'identity' },
      x: {
        type: 'band',
        domain: all,
        ticks: all.filter((month) => (first + month) % each === 0),
        tickFormat: word,
        tickSize: 4,
        label: null,
        padding: 0,
      },
      y: {
        type: 'band',
        domain: rows,
        label: null,
        tickSize: 0,
        padding: 0,
        tickFormat: (row: number) => symbols[row]!.slice(0, 9),
        ticks: rows.length <= mostNames ? rows : [],
      },
      marks: [
        cell(
          cells.filter(({ share }) => !Number.isNaN(share)),
          {
            ...{ x: 'month', y: 'symbol', inset: 0.5 },
            fill: ({ share }: MonthCell) => heatColor(share, whole),
          },
        ),
        cell(
          cells.filter(({ share }) => share === 0),
          { x: 'month', y: 'symbol', inset: 1.5, fill: 'none', stroke: 'var(--danger)' },
        ),
      ],
    },
    drawn: rows.length,
    total: symbols.length,
  };
}
