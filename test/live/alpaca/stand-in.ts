import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, type Call, StandInServer } from '../stand-in.ts';
import {
  accountAnswer,
  activityAnswer,
  assetAnswer,
  barAnswer,
  clockAnswer,
  errorAnswer,
  orderAnswer,
  positionAnswer,
} from './answers.ts';
import {
  type Execution,
  type Lasting,
  Market,
  type Order,
  type OrderType,
  isOver,
} from './market.ts';

interface Keys {
  readonly id: string;
  readonly secret: string;
}

/** A bar of the history that is handed out: symbol, milliseconds, open, high, low, close. */
type History = readonly [
  symbol: string,
  at: number,
  open: number,
  high: number,
  low: number,
  close: number,
];

/** Alpaca on this machine: https://docs.alpaca.markets/reference, and its stream of trade updates. */
export class AlpacaStandIn {
  readonly market = new Market();
  readonly marks: Record<string, number> = { SPY: 100, QQQ: 50 };
  /** What is otherwise with the account. */
  state: object = {};
  /** Whether parts of a share are traded. */
  isFractional = true;
  history: readonly History[] = [];
  /** Bars of a page. */
  pageSize = 3;
  /** What becomes of an event on its way: once, twice, after the next one. */
  delivery: 'once' | 'twice' | 'late' = 'once';
  readonly server: StandInServer;
  #late: string[] = [];
  readonly #listeners = new Set<WebSocket>();
  readonly #sockets: WebSocketServer;

  constructor(private readonly keys: Keys) {
    this.server = new StandInServer(
      ({ method, path }) =>
        method === 'DELETE'
          ? 'cancel'
          : method === 'POST' && path === '/v2/orders'
            ? 'submit'
            : 'ask',
      (call) => this.#answer(call),
    );
    this.market.changed = (event, order, execution) => this.#tell(event, order, execution);
    this.#sockets = new WebSocketServer({ server: this.server.http, path: '/stream' });
    this.#sockets.on('connection', (socket) => this.#welcome(socket));
  }

  async open(): Promise<{ trading: string; data: string; stream: string }> {
    const origin = await this.server.listen();
    return { trading: origin, data: origin, stream: `${origin.replace('http', 'ws')}/stream` };
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.server.close();
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The stream ends without a word. */
  drop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#listeners.clear();
  }

  #welcome(socket: WebSocket): void {
    // Its frames are binary: https://docs.alpaca.markets/docs/websocket-streaming
    const send = (frame: object) => socket.send(Buffer.from(JSON.stringify(frame)));
    socket.on('close', () => this.#listeners.delete(socket));
    socket.on('message', (raw: Buffer) => {
      const { action, data } = JSON.parse(raw.toString()) as {
        readonly action: string;
        readonly data: Readonly<Record<string, unknown>>;
      };
      if (action === 'authenticate') {
        const isKnown = data['key_id'] === this.keys.id && data['secret_key'] === this.keys.secret;
        const status = isKnown ? 'authorized' : 'unauthorized';
        send({ stream: 'authorization', data: { status, action: 'authenticate' } });
      } else if (action === 'listen') {
        this.#listeners.add(socket);
        send({ stream: 'listening', data: { streams: data['streams'] } });
      }
    });
  }

  #tell(event: string, order: Order, execution?: Execution): void {
    const frame = JSON.stringify({
      stream: 'trade_updates',
      data: {
        event,
        ...(execution && {
          execution_id: execution.id,
          price: String(execution.price),
          qty: String(execution.quantity),
          position_qty: String(this.market.positions.get(order.symbol)?.quantity ?? 0),
          timestamp: new Date(execution.at).toISOString(),
        }),
        order: orderAnswer(order, false),
      },
    });
    if (this.delivery === 'late' && this.#late.length === 0) {
      this.#late.push(frame);
      return;
    }
    const frames = [frame, ...this.#late, ...(this.delivery === 'twice' ? [frame] : [])];
    this.#late = [];
    for (const socket of this.#listeners) for (const one of frames) socket.send(Buffer.from(one));
  }

  #answer(call: Call): Answer {
    const { headers, method, path, query } = call;
    if (
      headers['apca-api-key-id'] !== this.keys.id ||
      headers['apca-api-secret-key'] !== this.keys.secret
    )
      return { status: 401, body: { message: 'unauthorized' } };
    const { market } = this;
    const ok = (body: unknown): Answer => ({ status: 200, body });
    if (method === 'POST' && path === '/v2/orders')
      return this.#take(JSON.parse(call.body) as Body);
    if (path === '/v2/account') return ok({ ...accountAnswer(market, this.marks), ...this.state });
    if (path === '/v2/clock') return ok(clockAnswer(market));
    if (path === '/v2/positions')
      return ok(
        [...market.positions].map(([symbol, held]) =>
          positionAnswer(symbol, held, this.marks[symbol]!),
        ),
      );
    if (path === '/v2/orders') return ok(this.#listed(query));
    if (path === '/v2/orders:by_client_order_id') {
      const id = query.get('client_order_id');
      return found(
        market.all.find(({ clientId }) => clientId === id),
        false,
      );
    }
    if (path === '/v2/account/activities/FILL') return ok(this.#activities(query));
    if (path === '/v2/stocks/bars') return ok(this.#bars(query));
    const [, room, name] = /^\/v2\/(assets|orders)\/(.+)$/.exec(path) ?? [];
    if (room === 'assets')
      return Object.hasOwn(this.marks, name!)
        ? ok(assetAnswer(name!, this.isFractional))
        : refuse(404, 40410000, `asset not found for ${name}`);
    if (room !== 'orders') return { status: 404, body: 'Not Found' };
    const order = market.all.find(({ id }) => id === name);
    if (method === 'GET') return found(order, query.get('nested') === 'true');
    if (order === undefined) return refuse(404, 40410000, `order not found: ${name}`);
    if (isOver(order)) return refuse(422, 42210000, `order is already in "${order.status}" state`);
    market.cancel(order);
    return { status: 204 };
  }

  #take(body: Body): Answer {
    const { market } = this;
    const { symbol, side, client_order_id: clientId } = body;
    if (market.all.some((order) => order.clientId === clientId))
      return refuse(422, 40010001, 'client_order_id must be unique');
    if (!Object.hasOwn(this.marks, symbol))
      return refuse(422, 42210000, `invalid symbol ${symbol}`);
    const group = body.order_class ?? 'simple';
    const isFraction = Number(body.qty) % 1 !== 0;
    if (isFraction && group !== 'simple')
      return refuse(422, 42210000, 'fractional orders must be simple orders');
    const limit = numberOf(body.limit_price);
    const price = limit ?? numberOf(body.stop_price) ?? this.marks[symbol]!;
    if (side === 'buy' && group !== 'oco' && Number(body.qty) * price > market.cash)
      return refuse(403, 40310000, 'insufficient buying power');
    const pair =
      body.take_profit === undefined || body.stop_loss === undefined
        ? null
        : { stop: Number(body.stop_loss.stop_price), target: Number(body.take_profit.limit_price) };
    const order = market.take(
      {
        clientId,
        symbol,
        side,
        quantity: Number(body.qty),
        type: body.type,
        lasting: body.time_in_force,
        limit: group === 'oco' ? pair!.target : limit,
        stop: numberOf(body.stop_price),
        group,
      },
      pair,
    );
    return { status: 200, body: orderAnswer(order, true) };
  }

  #listed(query: URLSearchParams): readonly object[] {
    const isNested = query.get('nested') === 'true';
    const works = (order: Order): boolean => !isOver(order);
    const newest = (isNested ? this.market.orders : this.market.all).toReversed();
    // What belongs to an order that has ended stands by itself.
    const open = newest.flatMap((order) => (works(order) ? [order] : order.legs.filter(works)));
    const listed = query.get('status') === 'all' ? newest : open;
    const before = query.get('before_order_id');
    const from = before === null ? 0 : listed.findIndex(({ id }) => id === before) + 1;
    return listed
      .slice(from, from + Number(query.get('limit')))
      .map((order) => orderAnswer(order, isNested));
  }

  #activities(query: URLSearchParams): readonly object[] {
    const after = Date.parse(query.get('after')!);
    const told = this.market.executions.filter(({ at }) => at > after);
    const token = query.get('page_token');
    const from = token === null ? 0 : told.findIndex(({ id }) => id === token) + 1;
    return told.slice(from, from + Number(query.get('page_size'))).map(activityAnswer);
  }

  #bars(query: URLSearchParams): object {
    const symbols = query.get('symbols')!.split(',');
    const start = Date.parse(query.get('start')!);
    const told = this.history.filter(([symbol, at]) => symbols.includes(symbol) && at >= start);
    const from = Number(query.get('page_token') ?? 0);
    const page = told.slice(from, from + this.pageSize);
    const bars: Record<string, object[]> = {};
    for (const [symbol, at, ...prices] of page)
      (bars[symbol] ??= []).push(barAnswer(at, prices, 1000));
    const next = from + this.pageSize;
    return { bars, next_page_token: next < told.length ? String(next) : null };
  }
}

/** https://docs.alpaca.markets/reference/postorder */
interface Body {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly qty: string;
  readonly type: OrderType;
  readonly time_in_force: Lasting;
  readonly client_order_id: string;
  readonly order_class?: 'simple' | 'bracket' | 'oco';
  readonly limit_price?: string;
  readonly stop_price?: string;
  readonly take_profit?: { readonly limit_price: string };
  readonly stop_loss?: { readonly stop_price: string };
}

const numberOf = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text);

const refuse = (status: number, code: number, message: string): Answer => ({
  status,
  body: errorAnswer(code, message),
});

const found = (order: Order | undefined, isNested: boolean): Answer =>
  order === undefined
    ? refuse(404, 40410000, 'order not found')
    : { status: 200, body: orderAnswer(order, isNested) };
