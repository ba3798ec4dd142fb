import type { BrokerPosition } from './broker.ts';
import type { LiveState } from './account.ts';
import type { Known } from './decision.ts';
import { answeredFills, heldBy, heldOf } from './fills.ts';

/** Parts of a quantity that roundings may have moved it by. */
const ROUNDING = 1e-9;

/**
 * What the broker holds and the book does not say, and the other way round, each in a sentence; by symbol, in order. Without bars (`known`)
 * splits since a fill are not reckoned with.
 */
export function differences(
  positions: readonly BrokerPosition[],
  { fills, intents }: Pick<LiveState, 'fills' | 'intents'>,
  known: Known | null,
): string[] {
  const { ours, others } = answeredFills(fills, intents);
  const booked = known === null ? heldBy(ours.map(({ fill }) => fill)) : heldOf(ours, known);
  const traded = new Set(ours.map(({ fill }) => fill.symbol));
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
  const foreign = others.filter(({ symbol }) => traded.has(symbol)).length;
  return foreign === 0
    ? found
    : [...found, `${foreign} fills in symbols of this study are of orders that it did not send.`];
}

const round = (value: number): number => Number(value.toPrecision(12));
