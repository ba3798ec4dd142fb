import { dot, lineY, ruleX, ruleY, text } from '@observablehq/plot';
import { type Drawing, frame, valueScale } from './frame.ts';

export interface DialData {
  /** What is turned: bps a fill, or bars of delay. Ascending. */
  readonly x: readonly number[];
  /** Total return there, a ratio; null where there is none. */
  readonly totalReturn: readonly (number | null)[];
  /** Where the edge dies, if it does. */
  readonly diesAt: number | null;
  /** Where the run itself stands, if it can be said. */
  readonly here: number | null;
}

/** Total return against what is turned, with marks where the edge dies and where the run stands. */
export function dialChart(data: DialData, width: number, height: number): Drawing {
  const { x, totalReturn, diesAt, here } = data;
  const points = x.map((value, i) => ({ x: value, y: totalReturn[i] ?? NaN }));
  const base = frame([0, 0], width, height);
  const last = x.at(-1) ?? 1;
  const mark = (at: number | null, words: string, color: string, top: boolean) =>
    at === null
      ? []
      : [
          ruleX([at], { stroke: color, strokeWidth: 1.5, strokeDasharray: top ? '6,3' : '2,3' }),
          text([at], {
            x: (value: number) => value,
            frameAnchor: top ? 'top' : 'bottom',
            text: () => words,
            textAnchor: at > last * 0.7 ? 'end' : 'start',
            dx: at > last * 0.7 ? -6 : 6,
            dy: top ? 4 : -4,
            fill: color,
          }),
        ];
  return {
    options: {
      ...base,
      x: { type: 'linear', domain: [0, last], label: null, tickSize: 4, ticks: ticksOf(width) },
      ...valueScale([[0], points.map(({ y }) => y)], 'percent', height),
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        lineY(points, { x: 'x', y: 'y', stroke: 'var(--equity)', strokeWidth: 1.75 }),
        dot(points, { x: 'x', y: 'y', r: 2, fill: 'var(--equity)' }),
        ...mark(diesAt, 'dies', 'var(--under)', true),
        ...mark(here, 'this run', 'var(--muted)', false),
      ],
    },
    drawn: points.length,
    total: points.length,
  };
}

const ticksOf = (width: number) => Math.max(Math.floor(width / 70), 3);
