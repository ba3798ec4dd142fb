import type { Day } from '../../domain/units.ts';
import { date } from '../format.ts';

/** Everything at the crosshair in one line: “2016-03-04: equity 101,250.00, drawdown −1.20 %.” */
export const readout = (
  day: Day,
  readings: readonly { readonly label: string; readonly words: string }[],
): string =>
  readings.length === 0
    ? `${date(day)}.`
    : `${date(day)}: ${readings.map(({ label, words }) => `${label} ${words}`).join(', ')}.`;
