import { dot, ruleX, ruleY } from '@observablehq/plot';
import type { Trades } from '../../domain/run.ts';
import { type Drawing, frame, valueScale, valuesAcross } from './frame.ts';

const most = 2000;

/**
 * Each trade by its furthest moves against it (from right to left) and in its favour (upwards): filled where it made
 * money, hollow where not. Of very many those that won or lost most.
 */
export function excursionsChart(
  { length, mae, mfe, net }: Pick<Trades, 'length' | 'mae' | 'mfe' | 'net'>,
  width: number,
  height: number,
): Drawing {
  const all = Array.from({ length }, (_, i) => i).filter((i) => Number.isFinite(mae[i]! + mfe[i]!));
  const shown =
    all.length <= most
      ? all
      : all.toSorted((a, b) => Math.abs(net[b]!) - Math.abs(net[a]!)).slice(0, most);
  const place = { x: (i: number) => mae[i], y: (i: number) => mfe[i], r: 3 };
  const low = all.reduce((lowest, i) => Math.min(lowest, mae[i]!), 0);
  return {
    options: {
      ...frame([0, 0], width, height),
      ...valueScale([[0], all.map((i) => mfe[i]!)], 'percent', height),
      x: valuesAcross(low, 0, 'percent', Math.max(Math.floor(width / 90), 2)),
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        ruleX([0], { stroke: 'var(--axis)' }),
        dot(
          shown.filter((i) => !(net[i]! > 0)),
          { ...place, stroke: 'var(--under)' },
        ),
        dot(
          shown.filter((i) => net[i]! > 0),
          { ...place, fill: 'var(--equity)', fillOpacity: 0.7 },
        ),
      ],
    },
    drawn: shown.length,
    total: all.length,
  };
}
