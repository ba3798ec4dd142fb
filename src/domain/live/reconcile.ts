import type { BrokerPosition } from './broker.ts';
import type { LiveState } from './account.ts';
import { answeredFills } from './fills.ts';

/** Parts of a quantity that roundings may have moved it by. */
const ROUNDING = 1e-9;

/** What the broker holds and the book does not say, and the other way round, each in a sentence; by symbol, in order. */
export function differences(
  positions: readonly BrokerPosition[],
  { fills, intents }: Pick<LiveState, 'fills' | 'intents'>,
): string[] {
  const { ours, others } = answeredFills(fills, intents);
  const booked = new Map<string, number>();
  for (const { fill } of ours) {
    const signed = fill.side === 'buy' ? fill.quantity : -fill.quantity;
    booked.set(fill.symbol, (booked.get(fill.symbol) ?? 0) + signed);
  }
  const held = new Map(positions.map(({ symbol, quantity }) => [symbol, quantity]));
  const symbols = [...new Set([...booked.keys(), ...held.keys()])].sort();
  const found = symbols.flatMap((symbol) => {
    const [ours, theirs] = [booked.get(symbol) ?? 0, held.get(symbol) ?? 0];
    if (Math.abs(ours - theirs) <= ROUNDING * Math.max(1, Math.abs(ours), Math.abs(theirs)))
      return [];
    return [
      ours === 0
        ? `The broker holds ${theirs} ${symbol} that this study did not buy; it is left alone.`
        : `The broker holds ${theirs} ${symbol}, and by the fills of this study it is ${round(ours)}.`,
    ];
  });
  const foreign = others.filter(({ symbol }) => booked.has(symbol)).length;
  return foreign === 0
    ? found
    : [...found, `${foreign} fills in symbols of this study are of orders that it did not send.`];
}

const round = (value: number): number => Number(value.toPrecision(12));
