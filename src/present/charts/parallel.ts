import { lineY, ruleX, text } from '@observablehq/plot';
import type { AxisValues } from './axis-values.ts';
import type { Drawing } from './frame.ts';
import { type HeatScale, heatColor } from './heat.ts';

export interface ParallelTrials {
  readonly axes: readonly AxisValues[];
  /** Place on each axis, by trial. */
  readonly places: readonly ArrayLike<number>[];
  /** What the lines are coloured by and end at. */
  readonly value: ArrayLike<number>;
  readonly scale: HeatScale;
  readonly valueTitle: string;
  readonly format: (value: number) => string;
}

/** More lines than this are one blot. */
const mostLines = 1000;

/** Trials with a value, spread evenly over its ranks with the lowest and the highest among them, lowest first. */
export function spreadByRank(value: ArrayLike<number>, most: number): number[] {
  const known = Array.from({ length: value.length }, (_, trial) => trial)
    .filter((trial) => !Number.isNaN(value[trial]))
    .sort((a, b) => value[a]! - value[b]! || a - b);
  if (known.length <= most) return known;
  return Array.from(
    { length: most },
    (_, i) => known[Math.round((i * (known.length - 1)) / (most - 1))]!,
  );
}

interface Corner {
  readonly axis: number;
  readonly up: number;
  readonly trial: number;
}

/** Each trial as a line across its settings to its value, the best drawn last. */
export function parallelChart(data: ParallelTrials, width: number, height: number): Drawing {
  const { axes, places, value, scale, valueTitle, format } = data;
  const trials = spreadByRank(value, mostLines);
  const low = value[trials[0] ?? 0] ?? 0;
  const high = value[trials.at(-1) ?? 0] ?? 0;
  const last = axes.length;
  const upOf = (trial: number, axis: number): number => {
    if (axis === last) return high > low ? (value[trial]! - low) / (high - low) : 0.5;
    return shareOn(axes[axis]!, places[axis]![trial]!);
  };
  const corners = trials.flatMap((trial) =>
    Array.from({ length: last + 1 }, (_, axis): Corner => ({ axis, trial, up: upOf(trial, axis) })),
  );
  const room = (width - 120) / last;
  const ends: AxisEnd[] = [
    ...axes.flatMap((one, axis) => endsOf(one, axis)),
    { axis: last, up: 0, words: format(low) },
    { axis: last, up: 1, words: format(high) },
  ];
  return {
    options: {
      className: 'plot',
      width,
      height,
      marginLeft: 60,
      marginRight: 60,
      marginTop: 40,
      marginBottom: 20,
      color: { type: 'identity' },
      x: { type: 'linear', domain: [0, last], axis: null },
      y: { type: 'linear', domain: [0, 1], axis: null },
      marks: [
        lineY(corners, {
          x: 'axis',
          y: 'up',
          z: 'trial',
          stroke: ({ trial }: Corner) => heatColor(value[trial]!, scale, 'var(--heat-line)'),
          strokeOpacity: trials.length > 200 ? 0.5 : 0.8,
          strokeWidth: 1,
        }),
        ruleX(
          Array.from({ length: last + 1 }, (_, axis) => axis),
          { stroke: 'var(--axis)' },
        ),
        words(
          ends.filter(({ up }) => up === 0),
          10,
        ),
        words(
          ends.filter(({ up }) => up === 1),
          -8,
        ),
        words(
          ends.filter(({ up }) => up > 0 && up < 1),
          0,
        ),
        text([...axes.map(({ title }) => title), valueTitle], {
          x: (_: string, axis: number) => axis,
          y: () => 1,
          dy: -24,
          text: (title: string) => title,
          lineWidth: Math.max(Math.min(room, 160) / 12, 5),
          textOverflow: 'ellipsis',
          fill: 'var(--muted)',
        }),
      ],
    },
    drawn: trials.length,
    total: value.length,
  };
}

interface AxisEnd {
  readonly axis: number;
  readonly up: number;
  readonly words: string;
}

const words = (ends: readonly AxisEnd[], dy: number) =>
  text(ends, {
    x: 'axis',
    y: 'up',
    text: 'words',
    dy,
    fill: 'var(--text)',
    stroke: 'var(--surface)',
    strokeWidth: 3,
  });

function shareOn({ values, numeric }: AxisValues, place: number): number {
  if (values.length === 1) return 0.5;
  if (!numeric) return place / (values.length - 1);
  const numbers = values as readonly number[];
  return (numbers[place]! - numbers[0]!) / (numbers.at(-1)! - numbers[0]!);
}

/** Words at an axis: of all values where they are few and unordered, else of both ends. */
function endsOf(axis: AxisValues, at: number): AxisEnd[] {
  const { values, words, numeric } = axis;
  const places = numeric || values.length > 5 ? [0, values.length - 1] : [...values.keys()];
  return [...new Set(places)].map((place) => ({
    axis: at,
    up: shareOn(axis, place),
    words: words[place] ?? '',
  }));
}
