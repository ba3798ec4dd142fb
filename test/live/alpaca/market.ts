/** A small house of shares: takes orders and matches them with bars that a test feeds. Prices in dollars, times in milliseconds. */

export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit';
export type Lasting = 'day' | 'gtc' | 'opg' | 'cls';
export type Status =
  'new' | 'held' | 'partially_filled' | 'filled' | 'canceled' | 'expired' | 'rejected';

export interface Wanted {
  readonly clientId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly type: OrderType;
  readonly lasting: Lasting;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly group: 'simple' | 'bracket' | 'oco';
}

export interface Order extends Wanted {
  readonly id: string;
  readonly at: number;
  status: Status;
  filled: number;
  value: number;
  isTriggered: boolean;
  /** What belongs to it: the stop beside a target, or both beneath an order that opens. */
  readonly legs: Order[];
  /** Those that end when this one fills. */
  readonly rivals: Order[];
}

export interface Execution {
  readonly id: string;
  readonly order: Order;
  readonly quantity: number;
  readonly price: number;
  readonly at: number;
}

export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares that trade in it at most. */
  readonly volume: number;
}

export interface Position {
  quantity: number;
  cost: number;
}

const ends: readonly Status[] = ['filled', 'canceled', 'expired', 'rejected'];
export const isOver = ({ status }: Order): boolean => ends.includes(status);

let serial = 0;
/** Alpaca's ids are UUIDs. */
const uuid = (): string => `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`;

export class Market {
  readonly orders: Order[] = [];
  readonly executions: Execution[] = [];
  readonly positions = new Map<string, Position>();
  readonly halted = new Set<string>();
  cash = 100_000;
  now = Date.UTC(2026, 2, 2, 15);
  isOpen = true;
  changed: (event: string, order: Order, execution?: Execution) => void = () => undefined;

  /** All orders, those that belong to others too. */
  get all(): Order[] {
    return this.orders.flatMap((order) => [order, ...order.legs]);
  }

  take(wanted: Wanted, pair: { readonly stop: number; readonly target: number } | null): Order {
    const order = this.#made(wanted, 'new');
    if (pair !== null) {
      const other = wanted.side === 'buy' ? 'sell' : 'buy';
      const closing = { ...wanted, side: wanted.group === 'oco' ? wanted.side : other } as const;
      const part = (more: Partial<Wanted>, status: Status) =>
        this.#made({ ...closing, clientId: uuid(), limit: null, stop: null, ...more }, status);
      const status = wanted.group === 'bracket' ? 'held' : 'new';
      const stop = part({ type: 'stop', stop: pair.stop }, status);
      if (wanted.group === 'bracket') {
        const target = part({ type: 'limit', limit: pair.target }, status);
        target.rivals.push(stop);
        stop.rivals.push(target);
        order.legs.push(target, stop);
      } else {
        order.rivals.push(stop);
        stop.rivals.push(order);
        order.legs.push(stop);
      }
    }
    this.orders.push(order);
    this.changed('new', order);
    return order;
  }

  #made(wanted: Wanted, status: Status): Order {
    const state = { status, filled: 0, value: 0, isTriggered: false, legs: [], rivals: [] };
    return { ...wanted, id: uuid(), at: this.now, ...state };
  }

  cancel(order: Order): void {
    for (const one of [order, ...order.rivals]) this.#end(one, 'canceled');
  }

  #end(order: Order, status: Status): void {
    if (isOver(order)) return;
    order.status = status;
    this.changed(status, order);
  }

  /** The session begins: orders for its auction fill at the price, or end. */
  open(prices: Readonly<Record<string, number>>): void {
    this.isOpen = true;
    this.#auction('opg', prices);
  }

  /** The session ends: orders for its auction fill, those for the day expire. */
  close(prices: Readonly<Record<string, number>>): void {
    this.#auction('cls', prices);
    this.isOpen = false;
    for (const order of this.all) if (order.lasting === 'day') this.#end(order, 'expired');
  }

  #auction(lasting: Lasting, prices: Readonly<Record<string, number>>): void {
    for (const order of this.all.filter((one) => one.lasting === lasting && !isOver(one))) {
      const price = prices[order.symbol];
      const isWorse =
        price !== undefined && order.limit !== null && sign(order) * (price - order.limit) > 0;
      if (price === undefined || isWorse || this.halted.has(order.symbol))
        this.#end(order, 'expired');
      else this.#fill(order, order.quantity, price);
    }
  }

  /** A bar trades: stops before targets, so that a pair which one bar touches ends by its stop. */
  bar(symbol: string, bar: Bar): void {
    if (this.halted.has(symbol) || !this.isOpen) return;
    let left = bar.volume;
    const works = this.all.filter(
      (one) => one.symbol === symbol && isReady(one) && ['day', 'gtc'].includes(one.lasting),
    );
    for (const order of works.toSorted((a, b) => rank(a) - rank(b))) {
      if (isOver(order)) continue; // Its rival has filled in this bar.
      const price = priceIn(order, bar);
      const quantity = Math.min(order.quantity - order.filled, left);
      if (price === null || quantity <= 0) continue;
      left -= quantity;
      this.#fill(order, quantity, price);
    }
  }

  /** Overnight one share becomes so many; orders that work are adjusted with their prices. */
  split(symbol: string, ratio: number): void {
    const held = this.positions.get(symbol);
    if (held !== undefined) held.quantity *= ratio;
    for (const order of this.all.filter((one) => one.symbol === symbol && !isOver(one))) {
      const { quantity, limit, stop } = order;
      Object.assign(order, {
        quantity: quantity * ratio,
        limit: limit === null ? null : limit / ratio,
        stop: stop === null ? null : stop / ratio,
      });
    }
  }

  #fill(order: Order, quantity: number, price: number): void {
    order.filled += quantity;
    order.value += quantity * price;
    order.status = order.filled < order.quantity ? 'partially_filled' : 'filled';
    const signed = sign(order) * quantity;
    this.cash -= signed * price;
    const held = this.positions.get(order.symbol) ?? { quantity: 0, cost: 0 };
    this.positions.set(order.symbol, {
      quantity: held.quantity + signed,
      cost: held.cost + signed * price,
    });
    if (this.positions.get(order.symbol)?.quantity === 0) this.positions.delete(order.symbol);
    this.now += 1000;
    const execution = { id: executionId(this.now), order, quantity, price, at: this.now };
    this.executions.push(execution);
    this.changed(order.status === 'filled' ? 'fill' : 'partial_fill', order, execution);
    if (order.status !== 'filled') return;
    for (const rival of order.rivals) this.#end(rival, 'canceled');
    for (const leg of order.legs) if (leg.status === 'held') leg.status = 'new';
  }
}

/** What waits for the order that opens does not trade, nor in the bar that fills that. */
const isReady = (order: Order): boolean => !isOver(order) && order.status !== 'held';

const sign = ({ side }: Order): number => (side === 'buy' ? 1 : -1);
const rank = ({ stop }: Order): number => (stop === null ? 1 : 0);

/** Alpaca's ids of activities begin with their time. */
const executionId = (at: number): string =>
  `${new Date(at).toISOString().replace(/[-:.TZ]/g, '')}::${uuid()}`;

/** At which price an order trades inside a bar; null where it does not. */
function priceIn(order: Order, { open, high, low }: Bar): number | null {
  const way = sign(order);
  const far = way > 0 ? high : low;
  if (order.stop !== null && !order.isTriggered) {
    if (way * (far - order.stop) < 0) return null;
    order.isTriggered = true;
    // Worse than the stop where the bar opens beyond it.
    if (order.limit === null) return way * Math.max(way * open, way * order.stop);
  }
  if (order.limit === null) return open;
  const near = way > 0 ? low : high;
  if (way * (near - order.limit) > 0) return null;
  return way * Math.min(way * open, way * order.limit);
}
