import { LabError } from '../domain/errors.ts';
import type { LiveAccount, LiveState } from '../domain/live/account.ts';
import { type Broker, type BrokerFill, BrokerFailure } from '../domain/live/broker.ts';
import { heldBy } from '../domain/live/fills.ts';
import {
  answered,
  clientIdOf,
  type Intent,
  type KnownIntent,
  unanswered,
} from '../domain/live/intent.ts';
import { differences } from '../domain/live/reconcile.ts';
import { openOnes } from '../domain/live/plan.ts';
import { unwrap } from '../wire/errors.ts';
import type { JournalService } from '../wire/journal.ts';
import type { HaltOptions } from './live-arguments.ts';

/**
 * Halts a live account: it is written down first, so that nothing is sent any more; then all its orders are cancelled, and where asked its
 * positions are closed at the market. Returns what was done, in sentences.
 */
export async function halt(
  live: LiveAccount,
  journal: JournalService,
  broker: Broker | null,
  { flatten }: HaltOptions,
): Promise<string[]> {
  const at = Math.floor(Date.now() / 1000);
  const text = 'Halted by hand.';
  unwrap(await journal.writeLive(live.id, { event: { at, kind: 'halted', text, facts: {} } }));
  if (broker === null) {
    if (flatten === true) throw noMarket();
    return [`${live.broker}: halted; nothing more is sent to the paper account.`];
  }
  const state = unwrap(await journal.live(live.id));
  const { intents, fills } = state;
  const told: string[] = [];
  for (const intent of openOnes(intents)) {
    const ended = await cancelled(intent, broker);
    unwrap(await journal.writeLive(live.id, { intents: { at, all: [ended] } }));
    told.push(`${ended.order.symbol}: order ${ended.state}.`);
  }
  if (flatten === true) {
    for (const [symbol, quantity] of heldBy([...fills, ...(await missed(live, broker, state))]))
      told.push(await closed(symbol, quantity, live, journal, broker, at));
  }
  const after = unwrap(await journal.live(live.id));
  if (flatten !== true) told.push(...differences(await broker.positions(), after, null));
  return [`${live.broker} ${live.number}: halted.`, ...told];
}

/** Fills that the journal does not know yet. */
async function missed(
  live: LiveAccount,
  broker: Broker,
  { fills, intents }: Pick<LiveState, 'fills' | 'intents'>,
): Promise<readonly BrokerFill[]> {
  const ids = new Set(intents.map(({ order }) => order.clientId));
  const symbols = [...new Set(intents.map(({ order }) => order.symbol))];
  const known = new Set(fills.map(({ id }) => id));
  return (await broker.fills(live.startedAt, symbols)).filter(
    ({ id, clientId }) => !known.has(id) && clientId !== null && ids.has(clientId),
  );
}

async function cancelled(intent: KnownIntent, broker: Broker): Promise<KnownIntent> {
  const { clientId, symbol } = intent.order;
  try {
    await broker.cancel({ clientId, symbol, brokerId: intent.brokerId ?? '' });
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
  }
  const order = await broker.orderOf(intent.order);
  return order === null ? { ...intent, state: 'unsent' } : answered(intent, order);
}

async function closed(
  symbol: string,
  quantity: number,
  live: LiveAccount,
  journal: JournalService,
  broker: Broker,
  at: number,
): Promise<string> {
  const flattening: Intent = {
    order: {
      clientId: clientIdOf(live.id, symbol, 'flatten', at),
      symbol,
      side: quantity > 0 ? 'sell' : 'buy',
      quantity: Math.abs(quantity),
      kind: 'market',
      limit: null,
      stop: null,
      lasts: 'day',
      reduces: true,
      pair: null,
    },
    purpose: 'flatten',
    what: 'exit',
    positionSide: quantity > 0 ? 1 : -1,
    decidedAt: at,
    signalAt: null,
    at: 'open',
    reason: 'kill-switch',
    price: 0,
  };
  const intent = unanswered(flattening, 'sending');
  const write = async (all: readonly KnownIntent[]): Promise<void> =>
    void unwrap(await journal.writeLive(live.id, { intents: { at, all } }));
  await write([intent]);
  try {
    const known = answered(intent, await broker.submit(intent.order));
    await write([known]);
    return `${symbol}: ${intent.order.side} ${intent.order.quantity} at the market: ${known.state}${known.why === null ? '' : ` (${known.why})`}.`;
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    return `${symbol}: ${error.message} Run this again: it asks the broker first.`;
  }
}

const noMarket = (): LabError =>
  new LabError({
    kind: 'usage',
    problem: 'The paper account has no market in which positions could be closed at once.',
    remedy: 'Leave --flatten out; a new study begins with a new paper account in another journal.',
  });
