import { type Markish, dot, lineY, ruleX, ruleY } from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import type { DayPlaces } from '../times.ts';
import { type Drawing, type DaySpan, columnsOf, frame, valueScale } from './frame.ts';
import type { Day, Prices } from '../../domain/units.ts';

export interface SignalData {
  readonly threshold: number | null;
  readonly day: DayPlaces;
  /** NaN where the signal has no value. */
  readonly value: Float64Array;
  readonly close: Prices;
}

/** Where a trade began, at the bar that gave the signal. */
export interface EntryMark {
  readonly day: Day;
  readonly side: 1 | -1;
}

/** The signal, the line above which it enters, and the entries: ▲ long, ▽ short. */
export function signalChart(
  data: SignalData,
  entries: readonly EntryMark[],
  span: DaySpan,
  width: number,
  height: number,
  cut?: Pick<SignalData, 'day' | 'value'>,
): Drawing {
  const { day, value, threshold } = data;
  const marks = [
    ...(threshold === null
      ? []
      : [
          ruleY([threshold], {
            stroke: 'var(--threshold)',
            strokeWidth: 1.5,
            strokeDasharray: '6,3',
          }),
        ]),
    ...(cut === undefined ? [] : cutMarks(cut, span, width)),
  ];
  const beside = [threshold === null ? [] : [threshold], cut?.value ?? []];
  return lineWithEntries(day, value, 'var(--signal)', entries, span, width, height, marks, beside);
}

/** The signal computed without what follows its last day, and where that is. */
function cutMarks(
  { day, value }: Pick<SignalData, 'day' | 'value'>,
  span: DaySpan,
  width: number,
): Markish[] {
  const rows = decimate(day, value, ...span, columnsOf(width));
  const last = day[day.length - 1];
  return [
    lineY(rows, {
      x: (row: number) => dateOf(day[row]!),
      y: (row: number) => value[row],
      stroke: 'var(--under)',
      strokeWidth: 1.25,
      strokeDasharray: '3,2',
    }),
    ...(last === undefined || last < span[0]
      ? []
      : [ruleX([dateOf(last)], { stroke: 'var(--under)', strokeWidth: 1.5 })]),
  ];
}

/** The symbol's close with the same entries. */
export function priceChart(
  data: SignalData,
  entries: readonly EntryMark[],
  span: DaySpan,
  width: number,
  height: number,
): Drawing {
  return lineWithEntries(data.day, data.close, 'var(--price)', entries, span, width, height, []);
}

function lineWithEntries(
  day: DayPlaces,
  value: Float64Array,
  stroke: string,
  entries: readonly EntryMark[],
  span: DaySpan,
  width: number,
  height: number,
  more: readonly Markish[],
  beside: readonly ArrayLike<number>[] = [],
): Drawing {
  const rows = decimate(day, value, ...span, columnsOf(width));
  const rowOf = new Map(entries.map((entry) => [entry.day, -1]));
  let total = 0;
  for (let row = 0; row < day.length; row++) {
    if (rowOf.has(day[row]!)) rowOf.set(day[row]!, row);
    if (day[row]! >= span[0] && day[row]! <= span[1]) total++;
  }
  const marked = entries.filter(
    (entry) =>
      entry.day >= span[0] && entry.day <= span[1] && Number.isFinite(value[rowOf.get(entry.day)!]),
  );
  const marks = (side: 1 | -1) =>
    dot(
      marked.filter((entry) => entry.side === side),
      {
        x: (entry: EntryMark) => dateOf(entry.day),
        y: (entry: EntryMark) => value[rowOf.get(entry.day)!],
        symbol: 'triangle',
        rotate: side === 1 ? 0 : 180,
        r: 4,
        stroke: side === 1 ? 'var(--long)' : 'var(--short)',
        strokeWidth: 1.5,
        fill: side === 1 ? 'var(--long)' : 'var(--surface)',
      },
    );
  const base = frame(span, width, height);
  return {
    options: {
      ...base,
      ...valueScale([rows.map((row) => value[row]!), ...beside], 'number', height),
      marks: [
        lineY(rows, {
          x: (row: number) => dateOf(day[row]!),
          y: (row: number) => value[row],
          stroke,
          strokeWidth: 1.25,
        }),
        ...more,
        marks(1),
        marks(-1),
      ],
    },
    drawn: rows.length,
    total,
  };
}
