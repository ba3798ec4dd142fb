import type { Note } from '../../../src/domain/note.ts';
import { unadjustedSplits } from '../../../src/present/notes/dataset.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import type { Day } from '../../../src/domain/units.ts';

/** A bar after a long pause, or at another level than the bar before. */
export interface Break {
  readonly sym: number;
  readonly day: Day;
  readonly dayBefore: number;
  /** Open and close ÷ the close before. */
  readonly opened: number;
  readonly closed: number;
}

export async function findBreaks(engine: Engine, signal?: AbortSignal): Promise<Break[]> {
  const found = await ask(engine, importSql.barsBreaks, {}, signal);
  return found.map(({ day_before: dayBefore, ...bar }) => ({ ...bar, dayBefore }));
}

const splits: readonly (readonly [shares: number, label: string])[] = [
  ...[2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 50, 100].map((n) => [n, `${n} for 1`] as const),
  ...[2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 50, 100].map((n) => [1 / n, `1 for ${n}`] as const),
  [3 / 2, '3 for 2'],
  [2 / 3, '2 for 3'],
];

/** The split that explains a jump: the open within 4 % of it, the close within 12 %. */
function splitOf({ opened, closed }: Break): string | undefined {
  return splits.find(
    ([shares]) => Math.abs(opened * shares - 1) < 0.04 && Math.abs(closed * shares - 1) < 0.12,
  )?.[1];
}

/** A jump by ten or a hundred times that the next one takes back within a few bars: a misplaced point, no split. */
const isUndone = (one: Break | undefined, next: Break | undefined): boolean =>
  one !== undefined &&
  next?.sym === one.sym &&
  next.day - one.day <= 14 &&
  (one.opened > 7 || one.opened * 7 < 1) &&
  Math.abs(one.opened * next.opened - 1) < 0.4;

/** A jump that a split would explain, and the split in words. */
export interface Split {
  readonly sym: number;
  readonly day: Day;
  readonly split: string;
}

export const splitsAmong = (breaks: readonly Break[]): Split[] =>
  breaks.flatMap((one, i) => {
    if (isUndone(one, breaks[i + 1]) || isUndone(breaks[i - 1], one)) return [];
    const split = one.day - one.dayBefore > 30 ? undefined : splitOf(one);
    return split === undefined ? [] : [{ sym: one.sym, day: one.day, split }];
  });

export const splitNotes = (symbols: readonly string[], splits: readonly Split[]): Note[] =>
  splits.length === 0
    ? []
    : [unadjustedSplits(splits.map(({ sym, ...at }) => ({ ...at, symbol: symbols[sym]! })))];
