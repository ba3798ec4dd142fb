import {
  type DotOptions,
  type Markish,
  type ScaleOptions,
  dot,
  lineY,
  ruleY,
} from '@observablehq/plot';
import { type AxisValues, thinned } from './axis-values.ts';
import { type Drawing, valueScale } from './frame.ts';
import { type AxisKind, marginFor } from '../ticks.ts';
import { type HeatScale, heatColor } from './heat.ts';

/** One trial among others, by its places on the axes. */
export interface TrialDot {
  readonly trial: number;
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

export interface TrialDots {
  readonly x: AxisValues;
  readonly y: AxisValues;
  readonly dots: readonly TrialDot[];
  readonly scale: HeatScale | null;
  /** Trials with a ring; −1 where there is none. */
  readonly best: number;
  readonly own: number;
}

const margins = { marginLeft: 72, marginRight: 16, marginTop: 28, marginBottom: 44 };

/** Draws that follow no grid: a dot for each, coloured by its value. */
export function trialDotsChart(data: TrialDots, width: number, height: number): Drawing {
  const { x, y, dots, scale, best, own } = data;
  const at = {
    x: (one: TrialDot) => placed(x, one.x),
    y: (one: TrialDot) => placed(y, one.y),
  };
  return {
    options: {
      className: 'plot',
      width,
      height,
      ...margins,
      marginLeft: marginFor(y.words, margins.marginLeft),
      color: { type: 'identity' },
      x: { ...scaleOf(x, width - 90, false), labelAnchor: 'center', labelArrow: 'none' },
      y: { ...scaleOf(y, height - 70, true), labelAnchor: 'top', labelArrow: 'none' },
      marks: [
        dot(dots, {
          ...at,
          r: dots.length > 1000 ? 2.5 : 4,
          fill: ({ value }: TrialDot) => (scale === null ? 'none' : heatColor(value, scale)),
          stroke: 'var(--control)',
          strokeWidth: 0.75,
        }),
        ...rings(dots, { best, own }, { ...at, r: 8 }),
      ],
    },
    drawn: dots.length,
    total: dots.length,
  };
}

/** Around the study's own trial and the best one. */
const rings = (
  dots: readonly TrialDot[],
  { best, own }: Pick<TrialDots, 'best' | 'own'>,
  options: DotOptions,
): Markish[] =>
  (
    [
      [own, '3,2'],
      [best, undefined],
    ] as const
  ).map(([trial, dash]) =>
    dot(
      dots.filter((one) => one.trial === trial),
      {
        ...options,
        stroke: 'var(--text)',
        strokeWidth: 1.75,
        ...(dash !== undefined && { strokeDasharray: dash }),
      },
    ),
  );

/** A single varied setting: each trial’s value over it. */
export function trialLineChart(
  { x, dots, best, own }: Pick<TrialDots, 'x' | 'dots' | 'best' | 'own'>,
  kind: AxisKind,
  zero: number | null,
  width: number,
  height: number,
): Drawing {
  const known = dots.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => a.x - b.x);
  const at = { x: (one: TrialDot) => placed(x, one.x), y: (one: TrialDot) => one.value };
  const shown = [...known.map(({ value }) => value), ...(zero === null ? [] : [zero])];
  const values = valueScale([shown], kind, height, { least: margins.marginLeft });
  return {
    options: {
      className: 'plot',
      width,
      height,
      ...margins,
      ...values,
      x: { ...scaleOf(x, width - 90, false), labelAnchor: 'center', labelArrow: 'none' },
      marks: [
        ...(zero === null ? [] : [ruleY([zero], { stroke: 'var(--axis)' })]),
        ...(x.numeric ? [lineY(known, { ...at, stroke: 'var(--equity)', strokeWidth: 1.25 })] : []),
        dot(known, { ...at, r: 3, fill: 'var(--equity)' }),
        ...rings(known, { best, own }, { ...at, r: 7 }),
      ],
    },
    drawn: known.length,
    total: dots.length,
  };
}

const placed = ({ numeric, values, words }: AxisValues, place: number) =>
  numeric ? (values[place] as number) : words[place];

function scaleOf(
  { numeric, title, words }: AxisValues,
  pixels: number,
  vertical: boolean,
): ScaleOptions {
  return numeric
    ? {
        type: 'linear',
        label: title,
        tickSize: 3,
        nice: true,
        grid: true,
        ticks: Math.max(Math.floor(pixels / (vertical ? 40 : 70)), 2),
      }
    : {
        type: 'point',
        domain: words,
        padding: 0.5,
        label: title,
        tickSize: 3,
        ticks: thinned(words, pixels, vertical),
        ...(vertical && { reverse: true }),
      };
}
