import type { KnownIntent } from '../../domain/live/intent.ts';

/** What became of an order. */
export const answerWords = ({ state, why }: KnownIntent): string =>
  state === 'sending'
    ? `outcome unknown, asked at the next look (${why ?? 'no answer'})`
    : `${state}${why === null ? '' : ` (${why})`}`;

/** An order in words: “buy 12 ABC at the market, to enter”. */
export function intentWords({ order, purpose, reason }: KnownIntent): string {
  const { side, quantity, symbol, kind, limit, stop, sizedAtFill, pair } = order;
  const amount = sizedAtFill === true ? `about ${quantity}` : String(quantity);
  const price =
    pair !== null
      ? `stop ${pair.stop} or target ${pair.target}`
      : kind === 'market'
        ? 'at the market'
        : [stop === null ? '' : `stop ${stop}`, limit === null ? '' : `limit ${limit}`]
            .filter((part) => part !== '')
            .join(', ');
  return `${side} ${amount} ${symbol}, ${price}, to ${purpose}${reason === null ? '' : ` (${reason})`}`;
}
