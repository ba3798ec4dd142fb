import type Ccxt from 'ccxt';
import type { Exchange, MarketInterface, Order } from 'ccxt';
import { LabError } from '../../domain/errors.ts';
import { bareSymbol } from '../../domain/live/symbols.ts';
import {
  type Broker,
  type BrokerAccount,
  type BrokerBarLength,
  type BrokerBars,
  type BrokerClock,
  type BrokerFailure,
  type BrokerFill,
  type BrokerOrder,
  type BrokerPosition,
  type OrderRequest,
  type Tradable,
} from '../../domain/live/broker.ts';
import type { Instant } from '../../domain/units.ts';
import { type CallLimits, Calls } from './calls.ts';
import { errorsOf, isRefusal, withoutAddresses } from './ccxt-errors.ts';
import { fillOf, misfitOf, orderOf, paramsOf, tradableOf } from './ccxt-orders.ts';
import { enterSandbox, habitsOf, redirect, trusted } from './exchanges.ts';
import { type Bar, columnsOf, figureOf, instantOf, lengths, textOf, refusal } from './reading.ts';
import { isKey, keysMissing } from './words.ts';

export interface ExchangeAccess {
  /** As ccxt names it. */
  readonly exchange: string;
  /** The passphrase is '' where the exchange has none. */
  readonly keys: { readonly key: string; readonly secret: string; readonly passphrase: string };
  /** Real money; else the exchange's own sandbox, with keys of that. */
  readonly isReal: boolean;
  /** What the account is counted in. */
  readonly currency: string;
  /** Another address than the exchange's. */
  readonly origin?: string;
  readonly limits?: CallLimits;
}

export const ccxtKeys = ['CCXT_API_KEY', 'CCXT_SECRET'] as const;

/** Rows of a page at most, as most exchanges have it. */
const [mostTrades, mostBars] = [500, 500];

/**
 * The spot market of an exchange, by ccxt, which is loaded here and need not be installed. A LabError of kind 'usage' where it
 * is not, where the exchange or a key is missing, and where what is asked for cannot be done safely.
 */
export async function openExchange(access: ExchangeAccess): Promise<Broker> {
  const ccxt = await library();
  const exchange = exchangeOf(ccxt, access);
  const broker = new SpotExchange(ccxt, exchange, access);
  await broker.load();
  return broker;
}

async function library(): Promise<typeof Ccxt> {
  try {
    return (await import('ccxt')).default;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw usage(
      'Exchanges are reached by the package ccxt, which is not installed.',
      'Install it beside Outsample: npm install ccxt@4.5',
    );
  }
}

function exchangeOf(ccxt: typeof Ccxt, access: ExchangeAccess): Exchange {
  const { exchange: name, keys, isReal, origin, limits: { pace } = {} } = access;
  const Class = (ccxt as unknown as Readonly<Record<string, typeof Exchange | undefined>>)[name];
  if (!ccxt.exchanges.includes(name) || Class === undefined)
    throw usage(`ccxt has no exchange “${name}”.`, 'Its names are listed on docs.ccxt.com.');
  if (isReal && !habitsOf(name).findsOurId)
    throw usage(
      `No real money on ${name}: it cannot be asked for an order by our id, so one whose fate is unknown could not be cleared up.`,
      `Real money is traded on ${trusted.join(', ')}.`,
    );
  const exchange = new Class({
    apiKey: keys.key,
    secret: keys.secret,
    ...(keys.passphrase !== '' && { password: keys.passphrase }),
    enableRateLimit: true,
    // ccxt knows the pace of each exchange, and what a call counts there.
    ...(pace && { rateLimit: (1000 * pace.seconds) / pace.calls }),
    userAgent: 'outsample',
    options: {
      defaultType: 'spot',
      fetchMarkets: { types: ['spot'] },
      warnOnFetchOpenOrdersWithoutSymbol: false,
    },
  });
  if (!isReal && !enterSandbox(exchange))
    throw usage(
      `${name} has no sandbox in ccxt.`,
      'Try the study with --broker paper, or on an exchange that has one, such as binance or okx.',
    );
  if (!isKey(keys.key) || keys.secret === '') throw keysMissing(name, ccxtKeys);
  if (origin !== undefined) redirect(exchange, origin);
  return exchange;
}

const usage = (problem: string, remedy: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy });

class SpotExchange implements Broker {
  readonly id: string;
  readonly isReal: boolean;
  readonly sizesAtFill = false;
  readonly keepsPairs = false;
  readonly #calls: Calls;
  readonly #habits: ReturnType<typeof habitsOf>;
  /** Spot markets by their symbol, and by that without its stroke, as datasets have it. */
  readonly #markets = new Map<string, MarketInterface>();
  /** Our ids of orders by the exchange's. */
  readonly #owners = new Map<string, string>();

  constructor(
    private readonly ccxt: typeof Ccxt,
    private readonly exchange: Exchange,
    private readonly access: ExchangeAccess,
  ) {
    const { keys, limits = {} } = access;
    this.id = `ccxt:${exchange.id}`;
    this.isReal = access.isReal;
    this.#habits = habitsOf(exchange.id);
    const secrets = [keys.key, keys.secret, keys.passphrase];
    this.#calls = new Calls(exchange.name ?? exchange.id, secrets, limits, errorsOf(ccxt));
    exchange.fetchImplementation = this.#calls.fetch;
    exchange.timeout = 2 * (limits.patience ?? 20_000);
  }

  /** Markets with their steps; coins and networks to pay out by are not asked for. */
  async load(): Promise<void> {
    this.exchange.has['fetchCurrencies'] = false;
    const markets = await this.#calls.question(() => this.exchange.loadMarkets());
    for (const market of Object.values(markets)) {
      if (market?.spot !== true) continue;
      this.#markets.set(market.symbol, market);
      this.#markets.set(bareSymbol(market.symbol), market);
    }
  }

  account(): Promise<BrokerAccount> {
    const { currency } = this.access;
    return this.#calls.question(async () => {
      const balance = await this.exchange.fetchBalance();
      const own = balance[currency];
      const held = this.#held(balance.total as unknown as Readonly<Record<string, number>>);
      const symbols = held.map(({ symbol }) => symbol);
      const tickers = symbols.length === 0 ? {} : await this.exchange.fetchTickers(symbols);
      const values = held.map(
        ({ symbol, quantity }) => quantity * figureOf(tickers[symbol]?.last, `${symbol} last`),
      );
      const cash = own?.free ?? 0;
      return {
        number: this.exchange.id,
        currency,
        equity: values.reduce((sum, value) => sum + value, own?.total ?? 0),
        cash,
        buyingPower: cash,
        blocked: null,
      };
    });
  }

  async clock(): Promise<BrokerClock> {
    const now = await this.#now();
    return { now, isOpen: null, nextOpen: null, nextClose: null };
  }

  async #now(): Promise<Instant> {
    const { exchange } = this;
    const told =
      exchange.has['fetchTime'] === true
        ? await this.#calls.question(() => exchange.fetchTime())
        : Date.now();
    return Math.floor(figureOf(told, 'time') / 1000);
  }

  positions(): Promise<readonly BrokerPosition[]> {
    return this.#calls.question(async () => {
      const { total } = await this.exchange.fetchBalance();
      return this.#held(total as unknown as Readonly<Record<string, number>>);
    });
  }

  /** Coins as positions in the markets of the account's currency; a coin without one has no price. */
  #held(total: Readonly<Record<string, number>>): BrokerPosition[] {
    return Object.entries(total)
      .map(([coin, quantity]) => ({
        symbol: `${coin}/${this.access.currency}`,
        quantity,
        averagePrice: null,
      }))
      .filter(({ symbol, quantity }) => quantity > 0 && this.#market(symbol) !== undefined);
  }

  #market(symbol: string) {
    return this.#markets.get(symbol) ?? this.#markets.get(bareSymbol(symbol));
  }

  instruments(symbols: readonly string[]): Promise<readonly Tradable[]> {
    const markets = symbols.map((symbol) => this.#market(symbol));
    const known = markets.filter((market) => market !== undefined);
    return Promise.resolve(known.map((market) => tradableOf(this.exchange, market)));
  }

  /** The exchange's names of symbols, as far as it has them. */
  #names(symbols: readonly string[]): readonly string[] {
    return symbols.flatMap((symbol) => this.#market(symbol)?.symbol ?? []);
  }

  workingOrders(): Promise<readonly BrokerOrder[]> {
    return this.#calls.question(async () => {
      const orders = await this.exchange.fetchOpenOrders();
      return orders.map((told) => this.#read(told, { symbol: textOf(told.symbol, 'symbol') }));
    });
  }

  async orderOf({
    clientId,
    symbol,
  }: Pick<OrderRequest, 'clientId' | 'symbol'>): Promise<BrokerOrder | null> {
    const [brokerId] = [...this.#owners].find(([, own]) => own === clientId) ?? [''];
    if (!this.#habits.findsOurId && brokerId === '')
      throw this.#unfit(
        `${this.exchange.id} cannot be asked for an order by our id.`,
        'Look on its page what became of the order.',
      );
    const params = this.#habits.findsOurId ? { clientOrderId: clientId } : {};
    return this.#calls.question(async () => {
      try {
        const told = await this.exchange.fetchOrder(brokerId, symbol, params);
        return this.#read(told, { symbol, clientId });
      } catch (error) {
        if (error instanceof this.ccxt.OrderNotFound) return null;
        throw error;
      }
    });
  }

  async submit(order: OrderRequest): Promise<BrokerOrder> {
    const misfit = misfitOf(this.exchange, order, this.#habits.hasPlainStops);
    if (misfit !== null) return refusal(order, misfit);
    // Exchanges refuse an id twice only as long as its order works: one that has ended would be sent again.
    const known = this.#habits.findsOurId ? await this.orderOf(order) : null;
    if (known !== null) return known;
    const { symbol, side, quantity, limit, kind } = order;
    const type = kind === 'limit' || kind === 'stop-limit' ? 'limit' : 'market';
    return this.#calls.order(async () => {
      try {
        const price = limit ?? undefined;
        const params = paramsOf(order);
        const told = await this.exchange.createOrder(symbol, type, side, quantity, price, params);
        return this.#read(told, order);
      } catch (error) {
        if (!isRefusal(this.ccxt, error)) throw error;
        if (error instanceof this.ccxt.DuplicateOrderId || /duplicate/i.test(error.message))
          return await this.#twice(order);
        return refusal(order, this.#calls.said(withoutAddresses(error.message)));
      }
    });
  }

  /** The order that has the id which the exchange would not take twice. */
  async #twice(order: OrderRequest): Promise<BrokerOrder> {
    const known = await this.orderOf(order).catch(() => null);
    if (known === null) throw this.#calls.words.untold();
    return known;
  }

  async cancel(order: Parameters<Broker['cancel']>[0]): Promise<void> {
    const brokerId = order.brokerId || (await this.orderOf(order))?.brokerId;
    if (brokerId === undefined) return;
    await this.#calls.order(async () => {
      try {
        await this.exchange.cancelOrder(brokerId, order.symbol);
      } catch (error) {
        // It has ended by itself; what became of it is for `orderOf`.
        if (!(error instanceof this.ccxt.InvalidOrder)) throw error;
      }
    });
  }

  async fills(from: Instant, symbols: readonly string[]): Promise<readonly BrokerFill[]> {
    const once = new Map<string, BrokerFill>();
    for (const symbol of this.#names(symbols)) {
      const rows = await this.#pages(from, mostTrades, (since) =>
        this.exchange.fetchMyTrades(symbol, since, mostTrades),
      );
      for (const row of rows) {
        const clientId = this.#owners.get(row.order ?? '') ?? null;
        const fill = fillOf(row, symbol, clientId);
        if (fill.at >= from) once.set(`${symbol} ${fill.id}`, fill);
      }
    }
    return [...once.values()].toSorted((a, b) => a.at - b.at);
  }

  async bars(
    symbols: readonly string[],
    length: BrokerBarLength,
    from: Instant,
  ): Promise<BrokerBars> {
    if (!Object.hasOwn(this.exchange.timeframes, length))
      throw this.#unfit(
        `${this.exchange.id} has no bars of ${length}.`,
        `It has ${Object.keys(this.exchange.timeframes).join(', ')}.`,
      );
    const now = await this.#now();
    const bars: Bar[] = [];
    for (const symbol of this.#names(symbols)) {
      const rows = await this.#pages(from, mostBars, async (since) => {
        const told = await this.exchange.fetchOHLCV(symbol, length, since, mostBars);
        return told.map(([timestamp, ...values]) => ({ timestamp, values }));
      });
      for (const { timestamp, values } of rows) bars.push(barOf(symbol, timestamp, values));
    }
    return columnsOf(bars.filter(({ at }) => at >= from && at + lengths[length] <= now));
  }

  /** Rows from an instant on, page after page; where two pages meet, rows come twice. */
  async #pages<Row extends { readonly timestamp?: number | undefined }>(
    from: Instant,
    most: number,
    page: (since: number) => Promise<readonly Row[]>,
  ): Promise<Row[]> {
    const all: Row[] = [];
    for (let since = from * 1000; ;) {
      const rows = await this.#calls.question(() => page(since));
      all.push(...rows);
      const last = rows.at(-1)?.timestamp ?? since;
      if (rows.length < most || last <= since) return all;
      since = last;
    }
  }

  #read(told: Order, asked: Pick<OrderRequest, 'symbol'> & Partial<OrderRequest>): BrokerOrder {
    const clientId = asked.clientId ?? this.#owners.get(told.id ?? '');
    const order = orderOf(told, clientId === undefined ? asked : { ...asked, clientId });
    this.#owners.set(order.brokerId, order.clientId);
    return order;
  }

  #unfit(problem: string, remedy: string): BrokerFailure {
    return this.#calls.words.unfit(problem, remedy);
  }
}

const barOf = (symbol: string, timestamp: unknown, values: readonly unknown[]): Bar => ({
  symbol,
  at: instantOf(timestamp, 'timestamp'),
  values: [0, 1, 2, 3, 4].map((k) => figureOf(values[k], 'a bar')) as [...Bar['values']],
});
