import { isoFromDay } from '../domain/calendar.ts';
import { type Difference, type ReplayReport, replays } from '../domain/validation/look-ahead.ts';
import { instantWord } from './times.ts';

/** The look-ahead audit in sentences. */

type When = (moment: Pick<Difference, 'day' | 'at'>) => string;

/** A report in one sentence or two; `zone` is that of the clocks by which instants are told, null where dates say all. */
export function sentenceOf(
  { replay, notApplicable, unit, tried, of, exhaustive, found }: Omit<ReplayReport, 'text'>,
  zone: string | null = null,
): string {
  const when: When = ({ day, at }) =>
    at === undefined || zone === null ? isoFromDay(day) : instantWord(at, zone);
  const name = replays[replay];
  if (notApplicable !== null) return `${name}: not applicable, ${notApplicable}.`;
  if (found === null) {
    const how = exhaustive ? `all ${of} ${unit}s tried` : `${tried} of ${of} ${unit}s tried`;
    return `${name}: ${how}, nothing in the past changed.`;
  }
  const { session, difference, culprit } = found;
  const date = when({ ...found, day: session });
  const change = {
    cut: `With everything after ${date} cut off`,
    noise: `With everything after ${date} replaced by noise`,
    'own-bar': `With the bar of ${date} replaced but for its open, and everything after it`,
  }[replay];
  const first =
    culprit === null
      ? ''
      : ` The first of the strategy’s columns to change is ${culprit.column}: of ${culprit.symbol} on ${when(culprit)}, from ${shown(culprit.whole)} to ${shown(culprit.replay)}.`;
  return `${name}: the past changed. ${change}, ${described(difference, when)}.${first}`;
}

const fillWords: Readonly<Record<string, readonly [article: string, word: string]>> = {
  entry: ['an', 'entry'],
  exit: ['an', 'exit'],
  bought: ['a', 'purchase'],
  sold: ['a', 'sale'],
};

function described(difference: Difference, when: When): string {
  const { symbol, kind, column, whole, replay } = difference;
  const date = when(difference);
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
