import { barX } from '@observablehq/plot';
import { dateOf } from '../../domain/calendar.ts';
import type { Coverage } from '../../domain/quality.ts';
import { type Drawing, frame } from './frame.ts';

/** More rows than these are one blot; more names than those run into each other. */
export const [mostRows, mostNames] = [90, 25];

/** Symbols by time: a bar from where each one’s bars begin to where they pause or end. */
export function coverageChart(
  coverage: Coverage,
  symbols: readonly string[],
  width: number,
  height: number,
): Drawing {
  const { from, to } = coverage;
  const rows = spreadOver(symbols.length, mostRows);
  const base = frame([from, to], width, height);
  return {
    options: {
      ...base,
      y: {
        type: 'band',
        domain: rows,
        label: null,
        tickSize: 0,
        padding: 0.2,
        tickFormat: (row: number) => symbols[row]!.slice(0, 9),
        ticks: rows.length <= mostNames ? rows : [],
      },
      marks: [
        barX(
          rows.flatMap((row) => stretches(coverage, row)),
          { x1: 'from', x2: 'to', y: 'row', fill: 'var(--equity)' },
        ),
      ],
    },
    drawn: rows.length,
    total: symbols.length,
  };
}

/** Neighbouring spans with bars as one. */
function stretches({ from, to, spans, bars }: Coverage, row: number) {
  const at = (span: number): Date => dateOf(from + (span * (to - from + 1)) / spans);
  const found: { row: number; from: Date; to: Date }[] = [];
  for (let span = 0, start = 0; span <= spans; span++) {
    const has = span < spans && bars[row * spans + span]! > 0;
    if (has) continue;
    if (span > start) found.push({ row, from: at(start), to: at(span) });
    start = span + 1;
  }
  return found;
}

/** Numbers from 0 on, or as many of them, evenly, as there may be. */
export const spreadOver = (total: number, most: number): number[] =>
  total <= most
    ? Array.from({ length: total }, (_, i) => i)
    : Array.from({ length: most }, (_, i) => Math.round((i * (total - 1)) / (most - 1)));
