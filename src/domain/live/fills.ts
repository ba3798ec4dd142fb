import { unitsPerContract, splitsAt } from '../execution/contracts.ts';
import type { Booked, BookedFill } from '../execution/booked.ts';
import type { Market } from '../market.ts';
import type { Price, Row, Step } from '../units.ts';
import type { BrokerFill, SimulatedFill } from './broker.ts';
import { bookedFills, type Known } from './decision.ts';
import type { KnownIntent } from './intent.ts';
import { numberOf } from './symbols.ts';
import { knownAt, rowKnownBy, stepAt, stepKnownAt } from './times.ts';

/** A fill of a market, and the order that it is of. */
export interface AnsweredFill {
  readonly fill: BrokerFill;
  readonly intent: KnownIntent;
}

/** Joins fills with the orders that they are of; what is of no order of ours is left over. */
export function answeredFills(
  fills: readonly BrokerFill[],
  intents: readonly KnownIntent[],
): { readonly ours: AnsweredFill[]; readonly others: BrokerFill[] } {
  const byClient = new Map(intents.map((intent) => [intent.order.clientId, intent]));
  const byBroker = new Map(
    intents.flatMap((intent) => (intent.brokerId === null ? [] : [[intent.brokerId, intent]])),
  );
  const ours: AnsweredFill[] = [];
  const others: BrokerFill[] = [];
  for (const fill of fills) {
    const intent =
      (fill.clientId === null ? undefined : byClient.get(fill.clientId)) ??
      byBroker.get(fill.brokerId);
    if (intent === undefined) others.push(fill);
    else ours.push({ fill, intent });
  }
  return { ours, others };
}

/** What fills leave held, by symbol: below 0 short. What roundings leave of a position that ended is none. */
export function heldBy(
  fills: readonly Pick<BrokerFill, 'symbol' | 'side' | 'quantity'>[],
): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { symbol, side, quantity } of fills)
    held.set(symbol, (held.get(symbol) ?? 0) + (side === 'buy' ? quantity : -quantity));
  return new Map([...held].filter(([, quantity]) => Math.abs(quantity) > ROUNDING));
}

/** Of a quantity, in the broker's units. */
const ROUNDING = 1e-9;

/**
 * A market's fills as the simulator books them, by the step in whose bar they lie. Those of one order in one step are booked
 * as one. Fills in a step that is not known yet stand at the number of steps and beyond: nothing is booked of them.
 */
export function bookOf(answered: readonly AnsweredFill[], known: Known): Booked {
  const { steps } = known;
  const bySteps = new Map<Step, BookedFill[]>();
  const joined = new Map<string, { step: Step; parts: AnsweredFill[] }>();
  for (const one of answered) {
    const step = stepOfFill(one, known);
    const { id, side, simulated } = one.fill;
    const key = simulated === undefined ? `${step} ${one.intent.order.clientId} ${side}` : id;
    const same = joined.get(key);
    if (same === undefined) joined.set(key, { step, parts: [one] });
    else same.parts.push(one);
  }
  for (const { step, parts } of joined.values()) {
    if (step >= steps.day.length) continue;
    const fill = bookedOf(parts, step, known);
    if (fill === null) continue;
    const own = bySteps.get(step);
    if (own === undefined) bySteps.set(step, [fill]);
    else own.push(fill);
  }
  // Exits free slots and cash before entries at the same place of a bar; inside it entries come first.
  for (const own of bySteps.values()) own.sort((a, b) => placeOf(a) - placeOf(b));
  return bookedFills(bySteps, steps.day.length - 1);
}

/** The step in whose bar a fill lies: at the earliest the one after that which decided on it. */
export function stepOfFill({ fill, intent }: AnsweredFill, { steps }: Known): Step {
  if (fill.simulated !== undefined) return stepKnownAt(steps, fill.simulated.knownAt);
  const earliest = stepKnownAt(steps, intent.decidedAt) + 1;
  // An auction's prints come a little after the close that they are of.
  const at = intent.at === 'close' ? fill.at - AFTER_THE_CLOSE : fill.at;
  return Math.max(earliest, stepAt(steps, at));
}

const AFTER_THE_CLOSE = 900;

const placeOf = ({ phase, what }: BookedFill): number =>
  ['open', 'inside', 'close'].indexOf(phase) * 2 +
  (phase === 'inside' ? (what === 'entry' ? 0 : 1) : what === 'exit' ? 0 : 1);

/** The newest bar of a symbol that is known with a step: the step's own, where it has one. */
const rowAt = (symbol: number, step: Step, { market, steps }: Known): Row =>
  rowKnownBy(market, symbol, knownAt(steps, Math.min(step, steps.day.length - 1)));

/** What fills of ours leave held, in the shares of the newest bar: a split multiplies those of before. */
export const heldOf = (
  answered: readonly AnsweredFill[],
  known: Known,
): ReadonlyMap<string, number> =>
  heldBy(
    answered.map((one) => {
      const symbol = numberOf(one.intent.order.symbol, known.market);
      if (symbol < 0) return one.fill;
      const splits = (step: Step): number => splitsAt(known.market, rowAt(symbol, step, known));
      const since = splits(Infinity) / splits(stepOfFill(one, known));
      return { ...one.fill, quantity: one.fill.quantity * since };
    }),
  );

function bookedOf(parts: readonly AnsweredFill[], step: Step, known: Known): BookedFill | null {
  const { market } = known;
  const { intent } = parts[0]!;
  const symbol = numberOf(intent.order.symbol, market);
  if (symbol < 0) return null;
  const { fill } = parts[0]!;
  if (fill.simulated !== undefined) return simulatedFill(fill.simulated, symbol, market);
  // What its stop or target takes off a position that an order began is of that order too.
  const isEntry = intent.what === 'entry' && fill.side === intent.order.side;
  const row = rowAt(symbol, step, known);
  const perContract = unitsPerContract(market, symbol, row);
  const contracts = parts.reduce((sum, { fill }) => sum + fill.quantity, 0);
  const printed = meanPriceOf(parts.map((part) => part.fill));
  const price = printed * splitsAt(market, row);
  return {
    symbol,
    side: intent.positionSide,
    what: isEntry ? 'entry' : 'exit',
    phase: isEntry || intent.what === 'exit' ? intent.at : 'inside',
    quantity: contracts * perContract,
    price,
    asked: price,
    commission: parts.reduce((sum, { fill }) => sum + (fill.commission ?? 0), 0),
    spread: 0,
    slippage: 0,
    impact: 0,
    signalRow: intent.signalAt === null ? 0 : rowKnownBy(market, symbol, intent.signalAt),
    stopped: false,
    waits: false,
    wanted: 0,
    reason: reasonOf(intent, printed),
    ambiguous: false,
  };
}

/** Of several fills, weighted by quantity; exactly theirs where they have one price. */
export function meanPriceOf(fills: readonly Pick<BrokerFill, 'quantity' | 'price'>[]): Price {
  const first = fills[0]!.price;
  if (fills.every(({ price }) => price === first)) return first;
  const value = fills.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return value / fills.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** A fill of the simulator beside this market. */
export const simulatedFill = (
  { signalAt, knownAt: _, ...fill }: SimulatedFill,
  symbol: number,
  market: Market,
): BookedFill => ({ ...fill, symbol, signalRow: rowKnownBy(market, symbol, signalAt) });

/** Why a position ended: of a stop and a target that stood together, the one that is nearer to the fill. */
function reasonOf(
  { reason, order, positionSide }: KnownIntent,
  price: number,
): BookedFill['reason'] {
  if (order.pair === null) return reason ?? 'rebalance';
  const { stop, target } = order.pair;
  return positionSide * (price - (stop + target) / 2) > 0 ? 'target' : (reason ?? 'stop');
}
