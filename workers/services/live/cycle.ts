import {
  type Broker,
  type BrokerFill,
  BrokerFailure,
  type BrokerOrder,
  type Tradable,
} from '../../../src/domain/live/broker.ts';
import { splitsAt } from '../../../src/domain/execution/contracts.ts';
import { haltOf, type LiveBook, type LiveState } from '../../../src/domain/live/account.ts';
import { type Decision, decide, type Known } from '../../../src/domain/live/decision.ts';
import { answeredFills, bookOf, stepOfFill } from '../../../src/domain/live/fills.ts';
import { type Guards, haltFor, objectionTo } from '../../../src/domain/live/guards.ts';
import {
  answered,
  type Intent,
  type KnownIntent,
  unanswered,
} from '../../../src/domain/live/intent.ts';
import type { NextStep } from '../../../src/domain/live/next-bar.ts';
import { openOnes, planFor, unknownOnes } from '../../../src/domain/live/plan.ts';
import { differences } from '../../../src/domain/live/reconcile.ts';
import { bareSymbol, numberOf } from '../../../src/domain/live/symbols.ts';
import { knownAt } from '../../../src/domain/live/times.ts';
import { protectionsUnderWay, wantedOf } from '../../../src/domain/live/wanted.ts';
import type { Instant } from '../../../src/domain/units.ts';

/** What one look at data and broker has to hand. */
export interface CycleContext {
  readonly broker: Broker;
  readonly book: LiveBook;
  readonly known: Known;
  readonly next: NextStep;
  readonly guards: Guards;
  readonly now: Instant;
  /** Whether the market is open by its calendar; null where none says so. */
  readonly isOpen: boolean | null;
  /** Orders are decided on and written down as held, and none is sent. */
  readonly isDry: boolean;
}

export interface CycleReport {
  readonly decision: Decision;
  readonly state: LiveState;
  /** What was sent in this cycle, with the broker's answer, and what was kept back and was not before. */
  readonly sent: readonly KnownIntent[];
  readonly held: readonly KnownIntent[];
  readonly halted: string | null;
}

/**
 * One cycle: learns what became of everything that was sent, decides anew from completed bars and the account's own fills, and makes
 * the broker's orders those that are wanted. It may be run at any time and as often as one likes: the same knowledge leads to the
 * same orders under the same ids, and each of them is sent once.
 */
export async function cycle(context: CycleContext): Promise<CycleReport> {
  const { broker, book, known, next, now, guards } = context;
  await settleUnknown(context);
  await learn(context);
  let state = await book.load();
  const account = await broker.account();
  const dayEquity = firstEquityOf(state, now);
  if (dayEquity === null)
    await book.note({
      at: now,
      kind: 'equity',
      text: 'First equity of the day.',
      facts: { equity: account.equity },
    });
  const loss = haltOf(state) === null ? haltFor(guards, account.equity, dayEquity) : null;
  if (loss !== null)
    await book.note({ at: now, kind: 'halted', text: loss, facts: { equity: account.equity } });
  state = await book.load();

  const { ours } = answeredFills(state.fills, state.intents);
  const booked = bookOf(ours, known);
  const decision = decide(known, next, booked);
  const halted = haltOf(state);
  const tradables = await tradablesOf(broker, known);
  const terms = {
    live: state.account.id,
    known,
    tradables,
    pairs: broker.keepsPairs,
    sizesAtFill: broker.sizesAtFill,
    decidedAt: knownAt(known.steps, known.steps.day.length - 1),
    intents: state.intents,
  };
  const underWay = ours.filter((one) => stepOfFill(one, known) >= known.steps.day.length);
  const wanted = [
    ...wantedOf(decision, terms).filter(({ order }) => !hasLeft(order.symbol, underWay)),
    ...protectionsUnderWay(underWay, terms),
  ].filter(({ what }) => halted === null || what === 'exit');
  const plan = planFor(wanted, state.intents);
  for (const intent of plan.cancel) await withdraw(intent, context);
  const blocked = new Set(
    openOnes((await book.load()).intents)
      .filter((one) => plan.cancel.some(({ order }) => order.clientId === one.order.clientId))
      .map(({ order }) => order.symbol),
  );
  const [sent, held]: [KnownIntent[], KnownIntent[]] = [[], []];
  const positions = await broker.positions();
  for (const intent of plan.send) {
    // Its symbol still has an order that was to end: another one could make two.
    if (blocked.has(intent.order.symbol)) continue;
    const { intents, sentAt } = await book.load();
    const clock = await broker.clock();
    const objection = context.isDry
      ? 'Dry run: orders are not sent.'
      : (unfit(intent, tradables) ??
        objectionTo(intent, guards, {
          now,
          account,
          positions,
          intents,
          sentAt,
          lastClose: (symbol) => lastCloseOf(symbol, known),
          knownAt: terms.decidedAt,
          nextKnownAt: next.clock?.known ?? (next.day + 1) * DAY,
          brokerNow: clock.now,
          isOpen: { calendar: context.isOpen, broker: clock.isOpen },
        }));
    const isHeld = intents.some(
      ({ order, state }) => order.clientId === intent.order.clientId && state === 'held',
    );
    if (objection === null) sent.push(await send(intent, context));
    else if (!isHeld) held.push(await hold(intent, objection, context));
  }
  return { decision, state: await book.load(), sent, held, halted };
}

const DAY = 86_400;

/** Asks about every order whose outcome nobody knows. What the broker has never had may be sent again under its own id. */
async function settleUnknown({ broker, book, now }: CycleContext): Promise<void> {
  for (const intent of unknownOnes((await book.load()).intents)) {
    const order = await broker.orderOf(intent.order);
    const state =
      order === null
        ? { ...intent, state: 'unsent' as const, why: 'The broker has never had it.' }
        : answered(intent, order);
    await book.write([state], now);
  }
}

/** Writes down what became of the orders that work, all fills, and what differs between the broker and the book. */
async function learn({ broker, book, known, now }: CycleContext): Promise<void> {
  const state = await book.load();
  const working = new Map((await broker.workingOrders()).map((order) => [order.clientId, order]));
  const changed: KnownIntent[] = [];
  for (const intent of openOnes(state.intents)) {
    const order = working.get(intent.order.clientId) ?? (await broker.orderOf(intent.order));
    if (order === null || isSame(intent, order)) continue;
    changed.push(answered(intent, order));
  }
  // Brokers tell fills late at times, and each call of them is one of a page: a day before the newest is enough.
  const newest = state.fills.reduce((latest, { at }) => Math.max(latest, at), 0);
  const from = Math.max(state.account.startedAt, newest - DAY);
  const fills = await broker.fills(from, known.market.symbols);
  const seen = new Set(state.fills.map(({ id }) => id));
  const fresh = fills.filter(({ id }) => !seen.has(id));
  if (fresh.length > 0) await book.fill(fresh);
  if (changed.length > 0) await book.write(changed, now);
  const positions = await broker.positions();
  const after = await book.load();
  for (const text of differences(positions, after, known)) {
    const last = after.events.findLast(({ kind }) => kind === 'differs');
    if (last?.text !== text) await book.note({ at: now, kind: 'differs', text, facts: {} });
  }
}

const isSame = (intent: KnownIntent, order: BrokerOrder): boolean =>
  intent.state === order.status && intent.filled === order.filled;

/** Writes an intent down, sends it, and writes down what the broker said. */
async function send(intent: Intent, { broker, book, now }: CycleContext): Promise<KnownIntent> {
  const sending = unanswered(intent, 'sending');
  await book.write([sending], now);
  const known = await outcomeOf(sending, broker);
  await book.write([known], now);
  if (known.state === 'refused')
    await book.note({
      at: now,
      kind: intent.purpose === 'protect' ? 'unprotected' : 'refused',
      text: `${broker.id} refused to ${intent.order.side} ${intent.order.quantity} ${intent.order.symbol}: ${known.why ?? 'it did not say why.'}`,
      facts: { quantity: intent.order.quantity },
    });
  return known;
}

async function outcomeOf(sending: KnownIntent, broker: Broker): Promise<KnownIntent> {
  try {
    return answered(sending, await broker.submit(sending.order));
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    return error.effect === 'not-sent'
      ? { ...sending, state: 'unsent', why: error.message }
      : { ...sending, why: error.message };
  }
}

/** Ends an order; whether it ended or filled is asked afterwards. */
async function withdraw(intent: KnownIntent, { broker, book, now }: CycleContext): Promise<void> {
  const { clientId, symbol } = intent.order;
  try {
    await broker.cancel({ clientId, symbol, brokerId: intent.brokerId ?? '' });
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
  }
  const order = await broker.orderOf(intent.order);
  if (order !== null && !isSame(intent, order)) await book.write([answered(intent, order)], now);
}

async function hold(
  intent: Intent,
  why: string,
  { book, now }: CycleContext,
): Promise<KnownIntent> {
  const held = unanswered(intent, 'held', why);
  await book.write([held], now);
  return held;
}

/** Why a broker cannot take an order as it is; null where it can. */
function unfit({ order, price }: Intent, tradables: ReadonlyMap<string, Tradable>): string | null {
  const said = [...tradables.values()].find(({ symbol }) => symbol === order.symbol);
  if (said === undefined) return `The broker does not know ${order.symbol}.`;
  if (!said.isTradable) return `${order.symbol} is not traded at this broker now.`;
  if (order.sizedAtFill === true) return null;
  if (!(order.quantity > 0) || order.quantity < said.leastQuantity)
    return `The quantity is below the broker’s smallest, ${said.leastQuantity || said.lot}.`;
  if (!order.reduces && order.quantity * price < said.leastValue)
    return `The order is worth less than the broker’s smallest, ${said.leastValue}.`;
  return !order.reduces && order.side === 'sell' && !said.isShortable
    ? `${order.symbol} cannot be sold short at this broker.`
    : null;
}

async function tradablesOf(
  broker: Broker,
  { market: { symbols } }: Known,
): Promise<ReadonlyMap<string, Tradable>> {
  const found = await broker.instruments(symbols);
  const bySymbol = new Map(found.map((one) => [bareSymbol(one.symbol), one]));
  return new Map(
    symbols.flatMap((symbol) => {
      const one = bySymbol.get(bareSymbol(symbol));
      return one === undefined ? [] : [[symbol, one]];
    }),
  );
}

/** As printed. */
function lastCloseOf(symbol: string, { market }: Known): number | undefined {
  const at = numberOf(symbol, market);
  if (at < 0) return undefined;
  const last = market.firstRow[at + 1]! - 1;
  return market.close[last]! / splitsAt(market, last);
}

/** Whether a position of a symbol has ended in the bar that is under way. */
const hasLeft = (
  symbol: string,
  underWay: readonly { readonly fill: BrokerFill; readonly intent: KnownIntent }[],
): boolean =>
  underWay.some(
    ({ fill, intent }) =>
      intent.order.symbol === symbol && (intent.what === 'exit' || fill.side !== intent.order.side),
  );

/** The first equity that was noted on the day of an instant (UTC). */
const firstEquityOf = ({ events }: LiveState, now: Instant): number | null =>
  events.find(({ kind, at }) => kind === 'equity' && Math.floor(at / DAY) === Math.floor(now / DAY))
    ?.facts['equity'] ?? null;
