import type * as Sdk from '@alpacahq/alpaca-trade-api';
import type {
  Broker,
  BrokerAccount,
  BrokerBarLength,
  BrokerBars,
  BrokerClock,
  BrokerFill,
  BrokerOrder,
  BrokerPosition,
  OrderRequest,
  StopSignal,
  Tradable,
} from '../../domain/live/broker.ts';
import type { Instant } from '../../domain/units.ts';
import {
  type Execution,
  accountOf,
  barOf,
  clockOf,
  fillOf,
  isOver,
  positionOf,
  tradableOf,
} from './alpaca-answers.ts';
import { inputOf, orderOf } from './alpaca-orders.ts';
import { type CallLimits, Calls, type Reader } from './calls.ts';
import { type Bar, columnsOf, refusal, textOf } from './reading.ts';
import { isKey, keysMissing } from './words.ts';

export interface AlpacaAccess {
  readonly keys: { readonly id: string; readonly secret: string };
  /** Real money; else the paper account. The two have keys of their own. */
  readonly isReal: boolean;
  /** Other addresses than Alpaca's. */
  readonly hosts?: { readonly trading: string; readonly data: string; readonly stream: string };
  readonly limits?: CallLimits;
}

export const alpacaKeys = ['ALPACA_API_KEY_ID', 'ALPACA_API_SECRET_KEY'] as const;

const title = 'Alpaca';
/** Alpaca allows 200 in a minute, on each of its two hosts. https://docs.alpaca.markets/docs/usage-limits */
const pace = { calls: 180, seconds: 60 };
const frames: Readonly<Record<BrokerBarLength, string>> = {
  '1m': '1Min',
  '5m': '5Min',
  '15m': '15Min',
  '1h': '1Hour',
  '1d': '1Day',
};
/** Rows of a page at most: of orders, of fills, of bars. */
const [mostOrders, mostFills, mostBars] = [500, 100, 10_000];
/** Milliseconds for which it holds what may be done with a symbol: each costs a call, and it seldom changes. */
const keptFor = 3_600_000;
/** Symbols that one address holds. */
const mostSymbols = 100;

/** Alpaca's shares, by its own SDK, which is loaded here. A LabError of kind 'usage' where a key is missing. */
export async function openAlpaca(access: AlpacaAccess): Promise<Broker> {
  const { id, secret } = access.keys;
  if (!isKey(id) || !isKey(secret)) throw keysMissing(title, alpacaKeys);
  return new Alpaca(await import('@alpacahq/alpaca-trade-api'), access);
}

class Alpaca implements Broker {
  readonly id = 'alpaca';
  readonly isReal: boolean;
  readonly sizesAtFill = false;
  readonly keepsPairs = true;
  readonly #calls: Calls;
  readonly #data: Calls;
  readonly #trading: Sdk.trading.Configuration;
  readonly #orders: Sdk.trading.OrdersApi;
  readonly #stocks: Sdk.marketData.StockApi;
  /** What was said of symbols, and when. */
  readonly #tradables = new Map<string, { readonly told: Tradable; readonly at: number }>();
  /** Our ids of orders by Alpaca's, those of orders that belong to one of ours with them. */
  readonly #owners = new Map<string, string>();

  constructor(
    private readonly sdk: typeof Sdk,
    private readonly access: AlpacaAccess,
  ) {
    const { keys, hosts, limits } = access;
    this.isReal = access.isReal;
    const reader = readerOf(sdk);
    const calls = () => new Calls(title, [keys.id, keys.secret], { pace, ...limits }, reader);
    this.#calls = calls();
    // The SDK's own `Alpaca` reads the environment and knows its hosts alone; what it is made of does neither.
    const shared = { keyId: keys.id, secret: keys.secret, timeoutMs: 0 };
    const host = this.isReal ? sdk.trading.TRADING_LIVE_HOST : sdk.trading.TRADING_PAPER_HOST;
    this.#trading = new sdk.trading.Configuration({
      ...shared,
      basePath: hosts?.trading ?? host,
      fetchApi: this.#calls.fetch,
    });
    this.#orders = new sdk.trading.OrdersApi(this.#trading);
    this.#data = calls();
    this.#stocks = new sdk.marketData.StockApi(
      new sdk.marketData.Configuration({
        ...shared,
        basePath: hosts?.data ?? sdk.marketData.MARKET_DATA_HOST,
        fetchApi: this.#data.fetch,
      }),
    );
  }

  account(): Promise<BrokerAccount> {
    return this.#calls.question(async () => {
      const told = await new this.sdk.trading.AccountsApi(this.#trading).getAccount();
      return accountOf(told);
    });
  }

  clock(): Promise<BrokerClock> {
    return this.#calls.question(async () => {
      const told = await new this.sdk.trading.ClockApi(this.#trading).legacyClock();
      return clockOf(told);
    });
  }

  positions(): Promise<readonly BrokerPosition[]> {
    return this.#calls.question(async () => {
      const told = await new this.sdk.trading.PositionsApi(this.#trading).getAllOpenPositions();
      return told.map(positionOf);
    });
  }

  async instruments(symbols: readonly string[]): Promise<Tradable[]> {
    const all = await Promise.all(symbols.map((symbol) => this.#instrument(symbol)));
    return all.filter((one) => one !== null);
  }

  async #instrument(symbol: string): Promise<Tradable | null> {
    const before = this.#tradables.get(symbol);
    if (before !== undefined && Date.now() - before.at < keptFor) return before.told;
    const told = await this.#asked(symbol);
    if (told !== null) this.#tradables.set(symbol, { told, at: Date.now() });
    return told;
  }

  #asked(symbol: string): Promise<Tradable | null> {
    const { trading, NotFoundError } = this.sdk;
    return this.#calls.question(async () => {
      try {
        const api = new trading.AssetsApi(this.#trading);
        const told = await api.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: symbol });
        return told._class === 'us_equity' ? tradableOf(told) : null;
      } catch (error) {
        if (error instanceof NotFoundError && typeof error.code === 'number') return null;
        throw error;
      }
    });
  }

  workingOrders(): Promise<readonly BrokerOrder[]> {
    return this.#calls.question(async () => {
      const told = await this.sdk.pagination.collectCursor(this.#listed('open'));
      return told.map((order) => this.#read(order));
    });
  }

  orderOf({ clientId }: Pick<OrderRequest, 'clientId'>): Promise<BrokerOrder | null> {
    return this.#calls.question(async () => {
      try {
        const told = await this.#orders.getOrderByClientOrderId({ clientOrderId: clientId });
        if (!isPart(told)) return this.#read(told);
        // Asked by our id it comes without its legs.
        const orderId = textOf(told.id, 'id');
        return this.#read(await this.#orders.getOrderByOrderID({ orderId, nested: true }));
      } catch (error) {
        const { NotFoundError } = this.sdk;
        if (error instanceof NotFoundError && typeof error.code === 'number') return null;
        throw error;
      }
    });
  }

  submit(order: OrderRequest): Promise<BrokerOrder> {
    const postOrderRequest = this.sdk.orders.buildOrder(inputOf(order));
    return this.#calls.order(async () => {
      try {
        return this.#read(await this.#orders.postOrder({ postOrderRequest }));
      } catch (error) {
        if (!(error instanceof this.sdk.ApiError) || !isRefusal(error)) throw error;
        if (/client.?order.?id must be unique/i.test(error.message))
          return await this.#known(order);
        return refusal(order, this.#calls.said(error.message));
      }
    });
  }

  /** The order that has the id which Alpaca would not take twice. */
  async #known(order: OrderRequest): Promise<BrokerOrder> {
    const known = await this.orderOf(order).catch(() => null);
    if (known === null) throw this.#calls.words.untold();
    return known;
  }

  async cancel(order: Cancelled): Promise<void> {
    // Without an id the call would be that which cancels all.
    const orderId = order.brokerId || (await this.orderOf(order))?.brokerId;
    if (orderId === undefined) return;
    await this.#calls.order(async () => {
      try {
        await this.#orders.deleteOrderByOrderID({ orderId });
      } catch (error) {
        const { ValidationError, NotFoundError } = this.sdk;
        // It has ended by itself; what became of it is for `orderOf`.
        if (!(error instanceof ValidationError || error instanceof NotFoundError)) throw error;
      }
    });
  }

  fills(from: Instant, symbols: readonly string[]): Promise<readonly BrokerFill[]> {
    const wanted = new Set(symbols);
    const api = new this.sdk.trading.AccountActivitiesApi(this.#trading);
    return this.#calls.question(async () => {
      const rows = await this.sdk.pagination.collectCursor<Execution>({
        // The SDK takes every activity for one without a trade, and drops what it has of one: its answer is read as it is.
        fetchPage: async (pageToken) => {
          const after = new Date((from - 1) * 1000);
          const { raw } = await api.getAccountActivitiesByActivityTypeRaw({
            activityType: 'FILL',
            after,
            direction: 'asc',
            pageSize: mostFills,
            ...(pageToken !== undefined && { pageToken }),
          });
          return (await raw.json()) as Execution[];
        },
        getCursor: ({ id }) => id,
        pageSize: mostFills,
      });
      const once = new Map(rows.map((row) => [textOf(row.id, 'id'), row]));
      const fills = [...once.values()].map(fillOf);
      const told = fills.filter(({ symbol, at }) => wanted.has(symbol) && at >= from);
      await this.#learn(told.map(({ brokerId }) => brokerId));
      return told
        .map((fill) => ({ ...fill, clientId: this.#owners.get(fill.brokerId) ?? null }))
        .toSorted((a, b) => a.at - b.at);
    });
  }

  async bars(
    symbols: readonly string[],
    length: BrokerBarLength,
    from: Instant,
  ): Promise<BrokerBars> {
    const clock = await this.clock();
    const { chunk, paginateSymbolMap } = this.sdk.pagination;
    const bars = await this.#data.question(async () => {
      const told: Bar[] = [];
      for (const some of chunk([...symbols], mostSymbols)) {
        const pages = paginateSymbolMap(async (pageToken) => {
          const page = await this.#stocks.stockBars({
            symbols: some.join(','),
            timeframe: frames[length],
            start: new Date(from * 1000),
            limit: mostBars,
            // Splits alone: prices before one are in today's shares, and dividends stay what was paid.
            adjustment: 'split',
            ...(pageToken !== undefined && { pageToken }),
          });
          return { data: page.bars, nextPageToken: page.nextPageToken };
        });
        for await (const { symbol, value } of pages) told.push(barOf(symbol, value));
      }
      return told;
    });
    return columnsOf(bars.filter(({ at }) => at >= from && isOver(at, length, clock)));
  }

  /** Reconnects by itself as long as it is wanted. Rejects with a `BrokerFailure` where the key is refused. */
  watch(changed: (clientId: string | null) => void, until: StopSignal): Promise<void> {
    const { TradingStream, UNLIMITED_RECONNECT_ATTEMPTS } = this.sdk.streaming;
    const { keys, hosts } = this.access;
    const stream = new TradingStream({
      credentials: { keyId: keys.id, secret: keys.secret },
      paper: !this.isReal,
      maxReconnectAttempts: UNLIMITED_RECONNECT_ATTEMPTS,
      ...(hosts && { url: hosts.stream }),
    });
    stream.onTradeUpdate(({ order: { id, clientOrderId } }) => {
      changed(this.#owners.get(id ?? '') ?? clientOrderId ?? null);
    });
    // Whatever happened in between is not told again.
    stream.onReconnected(() => {
      changed(null);
    });
    return new Promise((resolve, reject) => {
      const end = (): void => {
        stream.disconnect();
        resolve();
      };
      if (until.aborted) {
        end();
        return;
      }
      until.addEventListener('abort', end);
      stream.onError((told) => {
        if (told === 'auth failed') reject(this.#calls.words.locked());
      });
      stream.subscribeTradeUpdates();
      stream.connect();
    });
  }

  /** Remembers whose order it is, and what belongs to it. */
  #read(told: Sdk.trading.Order): BrokerOrder {
    const order = orderOf(told);
    const legs = told.legs ?? [];
    // One that stands alone, of those that come together, may belong to another.
    if (legs.length > 0 || !isPart(told)) this.#owners.set(order.brokerId, order.clientId);
    for (const { id } of legs) this.#owners.set(textOf(id, 'id'), order.clientId);
    return order;
  }

  /** Finds which orders of ours these of Alpaca's belong to: newest first, until all are found. */
  async #learn(ids: readonly string[]): Promise<void> {
    const isLearnt = () => ids.every((id) => this.#owners.has(id));
    if (isLearnt()) return;
    for await (const order of this.sdk.pagination.paginateCursor(this.#listed('all'))) {
      this.#read(order);
      if (isLearnt()) return;
    }
  }

  /** Orders with what belongs to them, newest first. */
  #listed(status: 'open' | 'all'): Sdk.pagination.CursorOptions<Sdk.trading.Order> {
    return {
      fetchPage: (beforeOrderId) =>
        this.#orders.getAllOrders({
          status,
          nested: true,
          limit: mostOrders,
          direction: 'desc',
          ...(beforeOrderId !== undefined && { beforeOrderId }),
        }),
      // Until a page is empty: one may be short, where orders have been put beneath others.
      getCursor: ({ id }) => id,
    };
  }
}

type Cancelled = Parameters<Broker['cancel']>[0];

/** An order that has others with it, or belongs to one. */
const isPart = ({ orderClass }: Sdk.trading.Order): boolean =>
  orderClass === 'oco' || orderClass === 'bracket';

/** Whether an order was refused for what it is: 403 is that too, where its code says so (too little money or shares). */
const isRefusal = ({ status, code }: Sdk.ApiError): boolean =>
  status === 400 || status === 422 || (status === 403 && /^403\d{5}$/.test(String(code)));

const readerOf =
  (sdk: typeof Sdk): Reader =>
  (error, _, calls) =>
    error instanceof sdk.ApiError
      ? calls.words.refusedBy(calls.said(`${error.status}, ${error.message}`))
      : null;
