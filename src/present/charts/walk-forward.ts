import { dot, lineY, link, rect, ruleX, ruleY, text } from '@observablehq/plot';
import { type AxisValues, thinned } from './axis-values.ts';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import { type Drawing, columnsOf, frame, daySpanOf, valueScale } from './frame.ts';
import { type AxisKind, marginFor } from '../ticks.ts';
import type { Day, Days } from '../../domain/units.ts';

/** Test windows one after another, with the fixed parameters over the same ones. */
export interface StitchedData {
  readonly day: Days;
  readonly equity: Float64Array;
  readonly fixed: Float64Array;
  /** First and last day of each test window. */
  readonly folds: readonly { readonly from: Day; readonly to: Day; readonly cash: boolean }[];
}

/** Both curves in money; a mark where each test window begins, a tint where it stayed in cash. */
export function stitchedChart(data: StitchedData, width: number, height: number): Drawing {
  const { day, equity, fixed, folds } = data;
  const span = daySpanOf(day);
  let drawn = 0;
  const line = (values: Float64Array, color: string, dash?: string) => {
    const rows = decimate(day, values, ...span, columnsOf(width));
    drawn += rows.length;
    return lineY(rows, {
      x: (row: number) => dateOf(day[row]!),
      y: (row: number) => values[row],
      stroke: `var(--${color})`,
      strokeWidth: dash === undefined ? 1.75 : 1.25,
      ...(dash !== undefined && { strokeDasharray: dash }),
    });
  };
  const every = Math.max(Math.ceil((folds.length * 22) / columnsOf(width)), 1);
  const base = frame(span, width, height);
  return {
    options: {
      ...base,
      ...valueScale([equity, fixed], 'money', height),
      marginTop: 24,
      marginBottom: 36,
      marks: [
        rect(
          folds.filter(({ cash }) => cash),
          {
            x1: (fold: (typeof folds)[number]) => dateOf(fold.from),
            x2: (fold: (typeof folds)[number]) => dateOf(fold.to),
            fill: 'var(--control)',
            fillOpacity: 0.18,
          },
        ),
        ruleX(folds, {
          x: (fold: (typeof folds)[number]) => dateOf(fold.from),
          stroke: 'var(--line)',
        }),
        text(
          folds.map((fold, i) => ({ ...fold, i })).filter(({ i }) => i % every === 0),
          {
            x: (fold: (typeof folds)[number]) => dateOf(fold.from),
            text: ({ i }: { readonly i: number }) => String(i + 1),
            frameAnchor: 'top',
            textAnchor: 'start',
            dy: -12,
            dx: 2,
            fill: 'var(--muted)',
          },
        ),
        line(fixed, 'benchmark', '4,3'),
        line(equity, 'equity'),
      ],
    },
    drawn,
    total: 2 * day.length,
  };
}

/** One fold’s number in training and in the test after it. */
export interface FoldPair {
  readonly fold: number;
  readonly inside: number | null;
  readonly outside: number | null;
}

/** In training (ring) and in the test (dot), fold by fold, with a line between the two. */
export function foldPairsChart(
  pairs: readonly FoldPair[],
  kind: AxisKind,
  width: number,
  height: number,
): Drawing {
  const base = frame([0, 0], width, height);
  const of = (side: 'inside' | 'outside') => pairs.filter((pair) => pair[side] !== null);
  const both = of('inside').filter(({ outside }) => outside !== null);
  const ends = pairs.map(({ inside, outside }) => [inside ?? NaN, outside ?? NaN]);
  const words = pairs.map(({ fold }) => String(fold + 1));
  const x = ({ fold }: FoldPair) => String(fold + 1);
  return {
    options: {
      ...base,
      marginBottom: 40,
      x: foldAxis(words, width),
      ...valueScale([[0], ...ends], kind, height),
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        link(both, { x, y1: 'inside', y2: 'outside', stroke: 'var(--control)', strokeWidth: 1.5 }),
        dot(of('inside'), {
          x,
          y: 'inside',
          r: 4,
          stroke: 'var(--muted)',
          strokeWidth: 1.5,
          fill: 'var(--surface)',
        }),
        dot(of('outside'), { x, y: 'outside', r: 4, fill: 'var(--equity)' }),
      ],
    },
    drawn: pairs.length,
    total: pairs.length,
  };
}

/** Which value of one setting each fold chose. */
export interface Choices {
  readonly axis: AxisValues;
  /** Place on the axis by fold; −1 where the fold stayed in cash. */
  readonly places: readonly number[];
  /** The study’s own place; −1 where it is none of the values. */
  readonly own: number;
}

/** The chosen value fold by fold, as steps, and the study’s own as a dashed line. */
export function choicesChart(choices: Choices, width: number, height: number): Drawing {
  const { axis, places, own } = choices;
  const base = frame([0, 0], width, height);
  const points = places.flatMap((place, fold) => (place < 0 ? [] : [{ fold, place }]));
  const x = ({ fold }: { readonly fold: number }) => String(fold + 1);
  const y = ({ place }: { readonly place: number }) =>
    axis.numeric ? (axis.values[place] as number) : axis.words[place];
  const at = own < 0 ? [] : [{ place: own }];
  const scale = axis.numeric
    ? valueScale([axis.values as readonly number[]], 'number', height, { round: true })
    : { marginLeft: marginFor(axis.words, base.marginLeft!), y: namedScale(axis.words, height) };
  return {
    options: {
      ...base,
      ...scale,
      marginBottom: 40,
      x: foldAxis(
        places.map((_, fold) => String(fold + 1)),
        width,
      ),
      marks: [
        ruleY(at, { y, stroke: 'var(--benchmark)', strokeDasharray: '4,3' }),
        lineY(points, {
          x,
          y,
          curve: 'step',
          stroke: 'var(--equity)',
          strokeWidth: 1.25,
          strokeOpacity: 0.6,
        }),
        dot(points, { x, y, r: 3.5, fill: 'var(--equity)' }),
      ],
    },
    drawn: points.length,
    total: points.length,
  };
}

const namedScale = (words: readonly string[], height: number) =>
  ({
    type: 'point',
    domain: words,
    reverse: true,
    padding: 0.5,
    label: null,
    tickSize: 0,
    grid: true,
    ticks: thinned(words, height - 56, true),
  }) as const;

const foldAxis = (words: readonly string[], width: number) =>
  ({
    type: 'point',
    domain: words,
    padding: 0.5,
    ticks: thinned(words, columnsOf(width), false),
    tickSize: 3,
    label: 'Fold',
    labelAnchor: 'center',
    labelArrow: 'none',
  }) as const;
