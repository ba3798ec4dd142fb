import {
  accountOf,
  bookedFills,
  fillsInStep,
  type Known,
} from '../../../src/domain/live/decision.ts';
import {
  type Broker,
  type BrokerFill,
  type BrokerOrder,
  type OrderRequest,
  type SimulatedFill,
  isWorking,
} from '../../../src/domain/live/broker.ts';
import type { Booked, BookedFill, LoggedFill } from '../../../src/domain/execution/booked.ts';
import { simulatedFill } from '../../../src/domain/live/fills.ts';
import { symbolNumber } from '../../../src/domain/market.ts';
import { knownAt, opensAt, rowKnownAt, stepKnownAt } from '../../../src/domain/live/times.ts';
import type { PaperOrder, PaperState } from '../../../src/domain/live/paper.ts';
import type { Instant, Step } from '../../../src/domain/units.ts';

export interface PaperStore {
  load(): Promise<PaperState>;
  save(state: PaperState): Promise<void>;
}

/**
 * A broker that is the simulator itself, fed bar by bar: an order fills where and as the simulator fills it in a backtest over the same
 * bars, sizes at the fill included, if it was sent; what was not sent does not fill.
 */
export class PaperBroker implements Broker {
  readonly id = 'paper';
  readonly isReal = false;
  readonly sizesAtFill = true;
  readonly keepsPairs = true;
  readonly #store: PaperStore;
  readonly #known: () => Known;
  readonly #now: () => Instant;

  constructor(store: PaperStore, known: () => Known, now: () => Instant) {
    this.#store = store;
    this.#known = known;
    this.#now = now;
  }

  async account() {
    const { equity, cash } = await this.#worth();
    return {
      number: 'paper',
      currency: '',
      equity,
      cash,
      buyingPower: cash,
      blocked: null,
    };
  }

  clock() {
    return Promise.resolve({ now: this.#now(), isOpen: null, nextOpen: null, nextClose: null });
  }

  async positions() {
    const { fills } = await this.#advanced();
    const known = this.#known();
    const held = new Map<string, number>();
    for (const { symbol, side, quantity } of fills)
      held.set(symbol, (held.get(symbol) ?? 0) + (side === 'buy' ? quantity : -quantity));
    return known.market.symbols.flatMap((symbol) => {
      const quantity = held.get(symbol) ?? 0;
      return Math.abs(quantity) < 1e-9 ? [] : [{ symbol, quantity, averagePrice: null }];
    });
  }

  instruments(symbols: readonly string[]) {
    const any = { lot: 0, tick: 0, leastQuantity: 0, leastValue: 0 };
    return Promise.resolve(
      symbols.map((symbol) => ({ symbol, isTradable: true, isShortable: true, ...any })),
    );
  }

  async workingOrders() {
    return (await this.#advanced()).orders.map(({ order }) => order).filter(isWorking);
  }

  async orderOf({ clientId }: Pick<OrderRequest, 'clientId'>) {
    const { orders } = await this.#advanced();
    return orders.find(({ order }) => order.clientId === clientId)?.order ?? null;
  }

  async submit(request: OrderRequest): Promise<BrokerOrder> {
    const state = await this.#advanced();
    const same = state.orders.find(({ order }) => order.clientId === request.clientId);
    if (same !== undefined) return same.order;
    const { clientId, symbol, side, quantity } = request;
    const order: BrokerOrder = {
      clientId,
      brokerId: `paper-${clientId}`,
      symbol,
      side,
      quantity,
      filled: 0,
      averagePrice: null,
      status: 'accepted',
      why: null,
      submittedAt: this.#now(),
    };
    await this.#store.save({ ...state, orders: [...state.orders, { request, order }] });
    return order;
  }

  async cancel({ clientId }: Pick<BrokerOrder, 'clientId'>): Promise<void> {
    const state = await this.#advanced();
    const orders = state.orders.map((one) =>
      one.order.clientId === clientId && isWorking(one.order)
        ? { ...one, order: { ...one.order, status: 'cancelled' as const } }
        : one,
    );
    await this.#store.save({ ...state, orders });
  }

  async fills(from: Instant) {
    return (await this.#advanced()).fills.filter(({ at }) => at >= from);
  }

  bars(): Promise<never> {
    return Promise.reject(new RangeError('The paper account has the bars that it is given.'));
  }

  async #worth(): Promise<{ equity: number; cash: number }> {
    const state = await this.#advanced();
    const known = this.#known();
    const last = known.steps.day.length - 1;
    const { equity } = accountOf(known, booked(state.fills, known, last));
    return {
      equity: equity.equity[last] ?? known.settings.risk.initialCash,
      cash: equity.cash[last] ?? known.settings.risk.initialCash,
    };
  }

  /** Fills the steps that have become known since. */
  async #advanced(): Promise<PaperState> {
    const before = await this.#store.load();
    const known = this.#known();
    const { length } = known.steps.day;
    let state = before;
    const from = before.through === null ? 0 : stepKnownAt(known.steps, before.through) + 1;
    for (let step = from; step < length; step++) state = filledIn(step, known, state);
    if (state !== before) await this.#store.save(state);
    return state;
  }
}

/** What a step fills of the orders that were there when it began, and which of them it ends. */
function filledIn(step: Step, known: Known, state: PaperState): PaperState {
  const { market } = known;
  const through = knownAt(known.steps, step);
  const sent = state.orders.filter(({ order }) => isWorking(order));
  const fills: BrokerFill[] = [];
  /** The order that began a position in this very step: its stop and target go with it. */
  const entered = new Map<number, string>();
  for (const fill of fillsInStep(known, step, booked(state.fills, known, step - 1))) {
    const symbol = market.symbols[fill.symbol]!;
    const own = sent.filter(({ request }) => request.symbol === symbol);
    const order =
      own.find(({ request }) => isOf(fill, request) && request.lasts === lastsFor[fill.phase]) ??
      own.find(({ request }) => isOf(fill, request)) ??
      own.find(({ request }) => isSizedAs(fill, request));
    const clientId =
      order?.order.clientId ?? (fill.phase === 'inside' ? entered.get(fill.symbol) : undefined);
    if (clientId === undefined) continue;
    if (fill.what === 'entry') entered.set(fill.symbol, clientId);
    const at = fill.phase === 'open' ? opensAt(known.steps, step) : through - 1;
    const signalAt = rowKnownAt(market, fill.signalRow);
    fills.push(brokerFill(fill, clientId, symbol, { at, signalAt, knownAt: through }));
  }
  return {
    orders: state.orders.map((one) => ({ ...one, order: afterStep(one, fills) })),
    fills: [...state.fills, ...fills],
    through,
  };
}

function afterStep({ order, request }: PaperOrder, fills: readonly BrokerFill[]): BrokerOrder {
  if (!isWorking(order)) return order;
  const own = fills.filter(
    ({ clientId, side }) =>
      clientId === order.clientId && (side === order.side || request.sizedAtFill === true),
  );
  const filled = own.reduce((sum, { quantity }) => sum + quantity, 0);
  if (filled > 0) return { ...order, status: 'filled', filled, averagePrice: own[0]!.price };
  return request.lasts === 'until-cancelled' ? order : { ...order, status: 'expired' };
}

/** How long orders last that fill at a place of a bar. */
const lastsFor = { open: 'day', inside: 'until-cancelled', close: 'at-close' } as const;

/** Whether a fill of the simulator is one of an order. */
function isOf(
  { what, side, phase }: BookedFill,
  { side: asked, reduces, lasts }: OrderRequest,
): boolean {
  const buys = (what === 'entry') === side > 0;
  if (buys !== (asked === 'buy') || reduces !== (what === 'exit')) return false;
  // What leaves by order leaves at an open or a close; stops and targets wait for their price.
  return what === 'entry' || phase === 'inside' || lasts !== 'until-cancelled';
}

/** Whether an order that is turned and sized at its fill may be this one. */
const isSizedAs = ({ what, reason }: BookedFill, { sizedAtFill }: OrderRequest): boolean =>
  sizedAtFill === true && (what === 'entry' || reason === 'rebalance');

function brokerFill(
  { score: _, stop: __, target: ___, symbol: ____, signalRow: _____, ...fill }: LoggedFill,
  clientId: string,
  symbol: string,
  { at, ...times }: Pick<SimulatedFill, 'signalAt' | 'knownAt'> & { readonly at: Instant },
): BrokerFill {
  return {
    id: [clientId, times.knownAt, fill.what, fill.phase].join(' '),
    clientId,
    brokerId: `paper-${clientId}`,
    symbol,
    side: (fill.what === 'entry') === fill.side > 0 ? 'buy' : 'sell',
    quantity: fill.quantity,
    price: fill.price,
    commission: fill.commission,
    at,
    simulated: { ...fill, ...times },
  };
}

/** The paper account's fills up to a step, as they are booked. */
function booked(fills: readonly BrokerFill[], known: Known, through: Step): Booked {
  const { market, steps } = known;
  const bySteps = new Map<Step, BookedFill[]>();
  for (const { simulated, symbol } of fills) {
    if (simulated === undefined) continue;
    const step = stepKnownAt(steps, simulated.knownAt);
    const fill = simulatedFill(simulated, symbolNumber(market, symbol), market);
    const own = bySteps.get(step);
    if (own === undefined) bySteps.set(step, [fill]);
    else own.push(fill);
  }
  return bookedFills(bySteps, through);
}
