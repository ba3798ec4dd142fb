import { isoFromDay } from '../calendar.ts';
import type { Day } from '../units.ts';

/**
 * What the look-ahead audit finds. It replays a study in worlds that differ only in what a session cannot know yet;
 * whatever then changes in the past has looked ahead.
 */
export const replays = {
  cut: 'Future cut off',
  noise: 'Future replaced by noise',
  'own-bar': 'The bar’s own high, low, close and volume replaced',
} as const;
export type ReplayId = keyof typeof replays;

/** One value that should have kept its bits and did not. */
export interface Difference {
  /** Of the signal's row, the fill or the session. */
  readonly day: Day;
  /** null for the curve, which is the account's. */
  readonly symbol: string | null;
  readonly kind: 'signal' | 'fill' | 'equity';
  /** A column of the signals, of the trades or of the curve; 'entry', 'exit', 'bought' or 'sold' where a fill is there in one world only. */
  readonly column: string;
  /** With all data, and in the replay; null where there is none. */
  readonly whole: number | string | null;
  readonly replay: number | string | null;
}

/** The first of the strategy's own columns that changed. */
export interface Culprit {
  readonly column: string;
  readonly day: Day;
  readonly symbol: string;
  readonly whole: number | null;
  readonly replay: number | null;
}

/** One kind of replay over all sessions that were tried. */
export interface ReplayReport {
  readonly replay: ReplayId;
  /** Why it was not tried; null where it was. */
  readonly notApplicable: string | null;
  readonly tried: number;
  readonly of: number;
  /** Every session was tried, up to the first difference. */
  readonly exhaustive: boolean;
  /** The session after (or in) which the world was changed, and what that changed; null where nothing did. */
  readonly found: {
    readonly session: Day;
    readonly difference: Difference;
    readonly culprit: Culprit | null;
  } | null;
  readonly text: string;
}

export interface LookAheadReport {
  readonly clean: boolean;
  readonly replays: readonly ReplayReport[];
  /** What was left out of the comparison, and on what terms it was made. */
  readonly notes: readonly string[];
}

/** A report in one sentence or two. */
export function sentenceOf({
  replay,
  notApplicable,
  tried,
  of,
  exhaustive,
  found,
}: Omit<ReplayReport, 'text'>): string {
  const name = replays[replay];
  if (notApplicable !== null) return `${name}: not applicable, ${notApplicable}.`;
  if (found === null) {
    const how = exhaustive ? `all ${of} sessions tried` : `${tried} of ${of} sessions tried`;
    return `${name}: ${how}, nothing in the past changed.`;
  }
  const { session, difference, culprit } = found;
  const date = isoFromDay(session);
  const change = {
    cut: `With everything after ${date} cut off`,
    noise: `With everything after ${date} replaced by noise`,
    'own-bar': `With the bar of ${date} replaced but for its open, and everything after it`,
  }[replay];
  const first =
    culprit === null
      ? ''
      : ` The first of the strategy’s columns to change is ${culprit.column}: of ${culprit.symbol} on ${isoFromDay(culprit.day)}, from ${shown(culprit.whole)} to ${shown(culprit.replay)}.`;
  return `${name}: the past changed. ${change}, ${described(difference)}.${first}`;
}

const fillWords: Readonly<Record<string, readonly [article: string, word: string]>> = {
  entry: ['an', 'entry'],
  exit: ['an', 'exit'],
  bought: ['a', 'purchase'],
  sold: ['a', 'sale'],
};

function described({ day, symbol, kind, column, whole, replay }: Difference): string {
  const date = isoFromDay(day);
  const of = symbol === null ? '' : ` of ${symbol}`;
  const fill = kind === 'fill' ? fillWords[column] : undefined;
  if (fill !== undefined)
    return whole === null
      ? `${fill[0]} ${fill[1]}${of} on ${date} appears that was not there`
      : `the ${fill[1]}${of} on ${date} is not there any more`;
  const what = { signal: 'the signal', fill: 'a fill’s', equity: 'the curve’s' }[kind];
  return `${what} ${column}${of} on ${date} changes from ${shown(whole)} to ${shown(replay)}`;
}

const shown = (value: number | string | null): string =>
  value === null ? 'nothing' : String(value);
