import { dot, ruleX, ruleY } from '@observablehq/plot';
import { thinned } from './axis-values.ts';
import { type Drawing, columnsOf, frame, valueScale } from './frame.ts';

/** One learned weight, fold by fold; NaN where it could not be fitted. */
export interface CoefficientData {
  readonly value: ArrayLike<number>;
  /** Standard error. */
  readonly error: ArrayLike<number>;
  /** What the study has in its place. */
  readonly fixed: number;
}

const endsOf = ({ value, low, high }: Record<'value' | 'low' | 'high', number>) => [
  value,
  low,
  high,
];

/** Each fold’s weight with one standard error up and down, and the fixed weight as a line. */
export function coefficientChart(data: CoefficientData, width: number, height: number): Drawing {
  const { value, error, fixed } = data;
  const base = frame([0, 0], width, height);
  const points = Array.from({ length: value.length }, (_, fold) => ({
    fold: String(fold + 1),
    value: value[fold]!,
    low: value[fold]! - (error[fold] ?? NaN),
    high: value[fold]! + (error[fold] ?? NaN),
  }));
  const fitted = points.filter((point) => !Number.isNaN(point.value));
  return {
    options: {
      ...base,
      ...valueScale([[0, fixed], ...fitted.map(endsOf)], 'number', height, { round: true }),
      marginBottom: 40,
      x: {
        type: 'point',
        domain: points.map(({ fold }) => fold),
        padding: 0.5,
        ticks: thinned(
          points.map(({ fold }) => fold),
          columnsOf(width),
          false,
        ),
        tickSize: 3,
        label: 'Fold',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        ruleY([fixed], { stroke: 'var(--benchmark)', strokeWidth: 1.5, strokeDasharray: '4,3' }),
        ruleX(
          fitted.filter(({ low }) => !Number.isNaN(low)),
          { x: 'fold', y1: 'low', y2: 'high', stroke: 'var(--equity)', strokeWidth: 1.5 },
        ),
        dot(fitted, { x: 'fold', y: 'value', r: 3.5, fill: 'var(--equity)' }),
      ],
    },
    drawn: fitted.length,
    total: points.length,
  };
}
