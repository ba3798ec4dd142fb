import type { Days } from '../../domain/units.ts';
import {
  type RectYOptions,
  binX,
  dodgeY,
  dotX,
  lineY,
  rectY,
  ruleX,
  ruleY,
} from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import { count } from '../format.ts';
import { marginFor, spread } from '../ticks.ts';
import { type Drawing, columnsOf, frame, daySpanOf, valueScale, valuesAcross } from './frame.ts';

export interface PathCurves {
  readonly day: Days;
  /** Growth from 1, by path. */
  readonly curves: readonly Float64Array[];
}

/** More curves than this are one blot. */
const mostCurves = 60;

/** Growth of each path, thin; of many paths, evenly chosen ones from the lowest to the highest at the end. */
export function pathCurvesChart(
  { day, curves }: PathCurves,
  width: number,
  height: number,
): Drawing {
  const span = daySpanOf(day);
  const base = frame(span, width, height);
  const ordered = [...curves].sort((a, b) => (a.at(-1) ?? 1) - (b.at(-1) ?? 1));
  const shown =
    ordered.length <= mostCurves
      ? ordered
      : Array.from(
          { length: mostCurves },
          (_, i) => ordered[Math.round((i * (ordered.length - 1)) / (mostCurves - 1))]!,
        );
  const columns = shown.length > 12 ? Math.ceil(columnsOf(width) / 4) : columnsOf(width);
  const points = shown.flatMap((curve, path) =>
    decimate(day, curve, ...span, columns).map((row) => ({
      path,
      x: dateOf(day[row]!),
      y: curve[row]! - 1,
      losing: (curve.at(-1) ?? 1) < 1,
    })),
  );
  const lines = (losing: boolean) =>
    lineY(
      points.filter((point) => point.losing === losing),
      {
        x: 'x',
        y: 'y',
        z: 'path',
        stroke: losing ? 'var(--under)' : 'var(--equity)',
        strokeWidth: 1,
        strokeOpacity: shown.length > 12 ? 0.45 : 0.8,
        ...(losing && { strokeDasharray: '4,2' }),
      },
    );
  return {
    options: {
      ...base,
      marginBottom: 36,
      ...valueScale([[0], points.map(({ y }) => y)], 'percent', height),
      marks: [ruleY([0], { stroke: 'var(--axis)' }), lines(false), lines(true)],
    },
    drawn: shown.length,
    total: curves.length,
  };
}

const spreadWithZero = (values: readonly number[]) => spread([0], values) ?? ([0, 0] as const);

/** How a number is spread over the paths: dots one upon another, or bars where they are many. */
export function spreadChart(
  values: readonly number[],
  middle: number | null,
  width: number,
  height: number,
): Drawing {
  const base = frame([0, 0], width, height);
  const many = values.length > 80;
  return {
    options: {
      ...base,
      marginLeft: many ? marginFor([count(values.length)], 40) : 12,
      inset: 8,
      x: valuesAcross(...spreadWithZero(values), 'number', Math.max(Math.floor(width / 70), 3)),
      y: many ? { ...base.y, ticks: 3 } : { axis: null },
      marks: [
        ruleX([0], { stroke: 'var(--axis)' }),
        ...(middle === null
          ? []
          : [ruleX([middle], { stroke: 'var(--text)', strokeDasharray: '4,3' })]),
        many
          ? rectY(
              values,
              binX<RectYOptions>(
                { y: 'count' },
                { x: (value: number) => value, fill: 'var(--equity)', inset: 0.5 },
              ),
            )
          : dotX(
              values,
              dodgeY({
                x: (value: number) => value,
                r: 4.5,
                fill: 'var(--equity)',
                anchor: 'bottom',
                padding: 1,
              }),
            ),
      ],
    },
    drawn: values.length,
    total: values.length,
  };
}
