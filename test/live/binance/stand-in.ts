import { createHmac } from 'node:crypto';
import { type Answer, type Call, StandInServer } from '../stand-in.ts';
import {
  accountAnswer,
  infoAnswer,
  orderAnswer,
  sentAnswer,
  tickerAnswer,
  tradeAnswer,
} from './answers.ts';

export interface Order {
  readonly id: number;
  readonly clientId: string;
  readonly side: string;
  readonly type: string;
  readonly quantity: number;
  readonly price: number;
  readonly stop: number;
  readonly at: number;
  status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED';
  filled: number;
  value: number;
}

export interface Trade {
  readonly id: number;
  readonly order: Order;
  readonly quantity: number;
  readonly price: number;
  readonly at: number;
  readonly feeIn: string;
}

/** Binance’s spot market of BTC/USDT on this machine: https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md */
export class BinanceStandIn {
  readonly server: StandInServer;
  readonly orders: Order[] = [];
  readonly trades: Trade[] = [];
  readonly balances: Record<string, number> = { USDT: 10_000, BTC: 0, DUST: 5 };
  /** A thousandth is taken in this coin. */
  feeIn = 'USDT';
  /** Milliseconds and prices of bars: open, high, low, close. */
  history: readonly (readonly [number, number, number, number, number])[] = [];
  last = 100;

  constructor(private readonly keys: { readonly key: string; readonly secret: string }) {
    this.server = new StandInServer(
      ({ method, path }) =>
        method === 'POST' && path === '/api/v3/order'
          ? 'submit'
          : method === 'DELETE'
            ? 'cancel'
            : 'ask',
      (call) => this.#answer(call),
    );
  }

  /** So much of what rests is traded at its price, or at this one. */
  trade(quantity: number, price?: number): void {
    let left = quantity;
    for (const order of this.orders.filter(works)) {
      const part = Math.min(order.quantity - order.filled, left);
      if (part <= 0) continue;
      left -= part;
      this.#fill(order, part, price ?? order.price);
    }
  }

  #fill(order: Order, quantity: number, price: number): void {
    const sign = order.side === 'BUY' ? 1 : -1;
    order.filled += quantity;
    order.value += quantity * price;
    order.status = order.filled < order.quantity ? 'PARTIALLY_FILLED' : 'FILLED';
    this.balances['BTC']! += sign * quantity;
    this.balances['USDT']! -= sign * quantity * price;
    const fee = this.feeIn === 'BTC' ? quantity / 1000 : (quantity * price) / 1000;
    if (this.feeIn in this.balances) this.balances[this.feeIn]! -= fee;
    const { feeIn } = this;
    const [id, at] = [this.trades.length + 1, Date.now() + this.trades.length];
    this.trades.push({ id, order, quantity, price, at, feeIn });
  }

  #answer({ method, path, query, body, headers }: Call): Answer {
    const told = method === 'POST' ? new URLSearchParams(body) : query;
    const ok = (answer: unknown): Answer => ({ status: 200, body: answer });
    if (path === '/api/v3/time') return ok({ serverTime: Date.now() });
    if (path === '/api/v3/exchangeInfo') return ok(infoAnswer());
    if (path === '/api/v3/ticker/24hr') return ok([tickerAnswer(this.last)]);
    if (path === '/api/v3/klines') return ok(this.#bars(query));
    if (headers['x-mbx-apikey'] !== this.keys.key)
      return refuse(401, -2015, 'Invalid API-key, IP, or permissions for action.');
    if (!this.#isSigned(method === 'POST' ? body : query.toString(), told.get('signature') ?? ''))
      return refuse(400, -1022, 'Signature for this request is not valid.');
    if (path === '/api/v3/account') return ok(accountAnswer(this.balances));
    if (path === '/api/v3/openOrders') return ok(this.orders.filter(works).map(orderAnswer));
    if (path === '/api/v3/myTrades') return ok(this.#trades(query));
    if (path !== '/api/v3/order') return refuse(404, -1000, 'Unknown path.');
    if (method === 'POST') return this.#take(told);
    const id = told.get('origClientOrderId');
    const order = this.orders
      .toReversed()
      .find((one) => (id === null ? String(one.id) === told.get('orderId') : one.clientId === id));
    if (method === 'GET')
      return order === undefined
        ? refuse(400, -2013, 'Order does not exist.')
        : ok(orderAnswer(order));
    if (order === undefined || !works(order)) return refuse(400, -2011, 'Unknown order sent.');
    order.status = 'CANCELED';
    return ok({ ...sentAnswer(order), origClientOrderId: order.clientId });
  }

  /** HMAC SHA256 over all that was sent but itself. */
  #isSigned(sent: string, signature: string): boolean {
    const signed = sent.replace(/&?signature=[^&]*/, '');
    return createHmac('sha256', this.keys.secret).update(signed).digest('hex') === signature;
  }

  #take(told: URLSearchParams): Answer {
    const figure = (name: string): number => Number(told.get(name) ?? 0);
    const text = (name: string): string => told.get(name) ?? '';
    const [quantity, price] = [figure('quantity'), figure('price')];
    const clientId = text('newClientOrderId');
    // An id is refused twice only as long as its order works.
    if (this.orders.some((one) => works(one) && one.clientId === clientId))
      return refuse(400, -2010, 'Duplicate order sent.');
    const cost = quantity * (price === 0 ? this.last : price);
    const isDear =
      told.get('side') === 'BUY' ? cost > this.balances['USDT']! : quantity > this.balances['BTC']!;
    if (isDear) return refuse(400, -2010, 'Account has insufficient balance for requested action.');
    const order: Order = {
      ...{ id: this.orders.length + 1, clientId, quantity, price, at: Date.now() },
      ...{ side: text('side'), type: text('type'), stop: figure('stopPrice') },
      ...{ status: 'NEW', filled: 0, value: 0 },
    };
    this.orders.push(order);
    if (order.type === 'MARKET') this.#fill(order, quantity, this.last);
    return { status: 200, body: sentAnswer(order) };
  }

  #trades(query: URLSearchParams): readonly object[] {
    const from = Number(query.get('startTime') ?? 0);
    return this.trades
      .filter(({ at }) => at >= from)
      .slice(0, Number(query.get('limit') ?? 500))
      .map(tradeAnswer);
  }

  #bars(query: URLSearchParams): readonly unknown[] {
    return this.history
      .filter(([at]) => at >= Number(query.get('startTime')))
      .slice(0, Number(query.get('limit') ?? 500))
      .map(([at, ...prices]) => {
        const rest = [at + 59_999, '0', 1, '0', '0', '0'];
        return [at, ...prices.map(String), '5', ...rest];
      });
  }
}

const works = ({ status }: Order): boolean => status === 'NEW' || status === 'PARTIALLY_FILLED';

const refuse = (status: number, code: number, msg: string): Answer => ({
  status,
  body: { code, msg },
});
