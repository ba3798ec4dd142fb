import type { OutcomeFan } from '../../domain/live/outcome-fan.ts';
import type { Step } from '../../domain/units.ts';
import { count, counted, money } from '../format.ts';
import { type Times, stepWord } from '../times.ts';

/** How a fan was made, in one sentence. */
export function madeWords(
  { samples, returns, blockLength, seed, from }: OutcomeFan,
  times: Times,
): string {
  const step = times.at === undefined ? 'session' : 'bar';
  return (
    `${count(samples)} curves resampled from the ${counted(returns, 'return')} by ${step} up to ${stepWord(times, from)}, which know nothing ` +
    `of what came later: by the stationary bootstrap in blocks of ${counted(Math.round(blockLength * 10) / 10, step)} on average, seed ${seed}, ` +
    'each compounded from the equity at the start. At each date half of them lie in the inner band and nine of ten in the outer one.'
  );
}

/** What the figure shows to who does not see it. */
export const fanSummary = (equity: Float64Array, start: Step, at: Step, times: Times): string =>
  `From ${money(equity[start])} on ${stepWord(times, start)} to ${money(equity[at])} on ${stepWord(times, at)}, over the bands of what its past led one to expect.`;

/** Where a curve lies in its fan at a step, and since when it is outside, if it is; null beyond the fan's reach. */
export function placeWords(
  { bands, from, samples }: OutcomeFan,
  equity: Float64Array,
  at: Step,
  times: Times,
): { readonly text: string; readonly isOutside: boolean } | null {
  const [low, high] = [bands[0]!, bands.at(-1)!];
  const place = at - from;
  if (place < 0 || place >= low.length) return null;
  if (place === 0) return { text: 'Here the fan begins.', isOutside: false };
  const sideAt = (place: number): number => {
    const value = equity[from + place]!;
    return value < low[place]! ? -1 : value > high[place]! ? 1 : 0;
  };
  const side = sideAt(place);
  if (side === 0)
    return {
      text: `Equity is within the outer band, where nine of ten of ${count(samples)} resampled curves are: ${money(low[place])} to ${money(high[place])}.`,
      isOutside: false,
    };
  let since = place;
  while (since > 0 && sideAt(since - 1) === side) since--;
  const [where, share] =
    side < 0
      ? [`below the outer band (${money(low[place])})`, 'lower']
      : [`above the outer band (${money(high[place])})`, 'higher'];
  return {
    text:
      `Equity is ${where} since ${stepWord(times, from + since)}: at a given date only one in twenty of the resampled curves is ${share}. ` +
      'What is earned now is not what the past before the start led one to expect.',
    isOutside: true,
  };
}
