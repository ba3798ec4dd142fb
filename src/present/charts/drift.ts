import { dot, lineY, ruleY } from '@observablehq/plot';
import { dateOf } from '../../domain/calendar.ts';
import type { Drift, DriftOfDay, DriftRow } from '../../domain/live/drift.ts';
import { type Drawing, daySpanOf, frame, valueScale } from './frame.ts';

/** How much worse each fill was than the simulator's, in bps, by session; a line through the sessions' means. */
export function driftChart(
  { rows }: Pick<Drift, 'rows'>,
  days: readonly DriftOfDay[],
  width: number,
  height: number,
): Drawing {
  const compared = rows.filter(({ slippage }) => slippage !== null);
  const means = days.filter(({ slippage }) => slippage !== null);
  const at = { x: ({ day }: DriftRow | DriftOfDay) => dateOf(day), y: 'slippage' };
  const values = compared.map(({ slippage }) => slippage!);
  return {
    options: {
      ...frame(daySpanOf(days.map(({ day }) => day)), width, height),
      ...valueScale([[0], values], 'number', height),
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        lineY(means, { ...at, stroke: 'var(--equity)', strokeWidth: 1.5 }),
        dot(compared, { ...at, r: 3, fill: 'var(--equity)' }),
      ],
    },
    drawn: compared.length,
    total: compared.length,
  };
}
