import { cell, text } from '@observablehq/plot';
import { type AxisValues, thinned } from './axis-values.ts';
import type { Drawing } from './frame.ts';
import { marginFor } from '../ticks.ts';
import { type HeatScale, heatColor } from './heat.ts';

/** All trials that have one pair of values. */
export interface HeatCell {
  /** Places on the two axes. */
  readonly x: number;
  readonly y: number;
  /** NaN where no trial here has one. */
  readonly value: number;
  /** The best of them by the objective. */
  readonly trial: number;
  readonly trials: number;
}

export interface HeatTrials {
  /** Place on the axis, by trial. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  readonly objective: ArrayLike<number>;
}

/**
 * One cell for each pair of values that was tried. best: the value of the trial with the best objective; mean: over all
 * of the cell’s trials.
 */
export function heatCells(
  { x, y, value, objective }: HeatTrials,
  how: 'best' | 'mean',
): HeatCell[] {
  const groups = new Map<string, number[]>();
  for (let trial = 0; trial < x.length; trial++) {
    const key = `${x[trial]!} ${y[trial]!}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trial]);
    else group.push(trial);
  }
  return [...groups.values()].map((group) => {
    const trial = bestOf(group, objective);
    const shown = how === 'best' ? value[trial]! : meanOf(group, value);
    return { x: x[trial]!, y: y[trial]!, value: shown, trial, trials: group.length };
  });
}

/** Which of these trials has the best objective; the first where none has any. */
function bestOf(group: readonly number[], objective: ArrayLike<number>): number {
  return group.reduce((best, trial) =>
    objective[trial]! > objective[best]! || Number.isNaN(objective[best]) ? trial : best,
  );
}

function meanOf(group: readonly number[], value: ArrayLike<number>): number {
  const known = group.map((trial) => value[trial]!).filter((one) => !Number.isNaN(one));
  return known.length === 0 ? NaN : known.reduce((sum, one) => sum + one, 0) / known.length;
}

export interface HeatMap {
  readonly x: AxisValues;
  readonly y: AxisValues;
  readonly cells: readonly HeatCell[];
  readonly scale: HeatScale | null;
  readonly format: (value: number) => string;
  /** Cells with a frame: the best one, and the study’s own; −1 where there is none. */
  readonly best: number;
  readonly own: number;
}

const margins = { marginLeft: 72, marginRight: 12, marginTop: 28, marginBottom: 44 };

/** Tall enough for the rows, within limits. */
export const heatMapHeight = (rows: number) =>
  Math.min(Math.max(rows * 26, 120), 420) + margins.marginTop + margins.marginBottom;

export function heatMapChart(map: HeatMap, width: number, height: number): Drawing {
  const { x, y, cells, scale, format, best, own } = map;
  const marginLeft = Math.min(marginFor(y.words, margins.marginLeft), width / 3);
  const inner = {
    width: width - marginLeft - margins.marginRight,
    height: height - margins.marginTop - margins.marginBottom,
  };
  const room = { width: inner.width / x.values.length, height: inner.height / y.values.length };
  const inset = Math.min(room.width, room.height) > 8 ? 1 : 0;
  const at = {
    x: (one: HeatCell) => x.words[one.x],
    y: (one: HeatCell) => y.words[one.y],
  };
  const known = cells.filter(({ value }) => !Number.isNaN(value));
  const longest = known.reduce((most, { value }) => Math.max(most, format(value).length), 0);
  const written = room.height >= 16 && room.width >= longest * 7 + 6;
  const framed = (cells: readonly HeatCell[], dash?: string) =>
    cell(cells, {
      ...at,
      inset: inset + 1,
      fill: 'none',
      stroke: 'var(--text)',
      strokeWidth: 2,
      ...(dash !== undefined && { strokeDasharray: dash }),
    });
  return {
    options: {
      className: 'plot',
      width,
      height,
      ...margins,
      marginLeft,
      padding: 0,
      color: { type: 'identity' },
      x: {
        type: 'band',
        domain: x.words,
        ticks: thinned(x.words, inner.width, false),
        tickSize: 3,
        label: x.title,
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: {
        type: 'band',
        domain: y.words,
        reverse: true,
        ticks: thinned(y.words, inner.height, true),
        tickSize: 3,
        label: y.title,
        labelAnchor: 'top',
        labelArrow: 'none',
      },
      marks: [
        cell(
          cells.filter(({ value }) => Number.isNaN(value)),
          { ...at, inset: inset + 1, fill: 'none', stroke: 'var(--line)' },
        ),
        cell(known, {
          ...at,
          inset,
          fill: (one: HeatCell) => (scale === null ? 'none' : heatColor(one.value, scale)),
        }),
        ...(written
          ? [
              text(known, {
                ...at,
                text: (one: HeatCell) => format(one.value),
                fill: 'var(--text)',
                stroke: 'var(--surface)',
                strokeWidth: 3,
              }),
            ]
          : []),
        framed(
          cells.filter((_, i) => i === own),
          '3,2',
        ),
        framed(cells.filter((_, i) => i === best)),
      ],
    },
    drawn: cells.length,
    total: cells.length,
  };
}
