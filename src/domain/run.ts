import { splitsAt, unitsPerContract } from './execution/contracts.ts';
import type {
  Day,
  Days,
  Instant,
  Instants,
  Price,
  Prices,
  Ratio,
  Ratios,
  Row,
  Rows,
  StepIndices,
} from './units.ts';
import type { Clock, Market } from './market.ts';
import type { TableFormat } from './table-format.ts';

/** What a run yields, as plain columns: the shapes that digests, metrics, charts and files are made from. */

/** A trade's `reason` is an index into this list. */
export const exitReasons = [
  'stop',
  'target',
  'trailing',
  'break-even',
  'time',
  'signal',
  'opposite',
  'kill-switch',
  'drawdown-stop',
  'margin-call',
  'delisting',
  'end',
  'rebalance',
  'split',
  'session-end',
] as const;
export type ExitReason = (typeof exitReasons)[number];

/**
 * Trades as columns, one row per position from flat to flat, in order of entry session, then rank (with an account
 * for each symbol: symbol by symbol). Where a position was filled in parts, prices are means weighted by quantity and rows those of the first entry and the
 * last exit. A trade open at the end stands at its last close: exitRow, exitStep and reason are −1.
 */
export interface Trades {
  readonly length: number;
  readonly symbol: Int32Array;
  /** +1 long, −1 short. */
  readonly side: Int8Array;
  /** Rows into Market. A fill at the prior close stands at the bar of that close, while equity books it a bar later. */
  readonly signalRow: Rows;
  readonly entryRow: Rows;
  readonly exitRow: Rows;
  /** Steps of the run, from 0. */
  readonly entryStep: StepIndices;
  readonly exitStep: StepIndices;
  readonly quantity: Float64Array;
  readonly entryPrice: Prices;
  readonly exitPrice: Prices;
  /** Index into `exitReasons`, −1 while open. */
  readonly reason: Int8Array;
  /** The first stop and target, NaN where off. */
  readonly stop: Prices;
  readonly target: Prices;
  /** NaN where the strategy gave none. */
  readonly score: Float64Array;
  /** side × quantity × (exit − entry), and dividends; before costs. */
  readonly gross: Float64Array;
  readonly commission: Float64Array;
  readonly spread: Float64Array;
  readonly slippage: Float64Array;
  readonly impact: Float64Array;
  readonly borrow: Float64Array;
  /** gross − all five costs. */
  readonly net: Float64Array;
  /** Bars held, the entry bar being the first unless it was entered at its close. */
  readonly bars: Int32Array;
  /** 1 where one bar touched both stop and target, or touched one perhaps before the entry inside it. */
  readonly ambiguous: Uint8Array;
  /** Furthest moves against and in favour while it was held, as ratios of the entry price: ≤ 0 and ≥ 0. */
  readonly mae: Ratios;
  readonly mfe: Ratios;
  /** Of `gross`, what longs received and shorts paid of dividends; not given where the data have none. */
  readonly dividends?: Float64Array;
}

/** Trades with dates in place of row numbers, as tables and files show them. Days since 1970-01-01. */
export interface DatedTrades extends Trades {
  readonly signalDay: Days;
  readonly entryDay: Days;
  /** Without meaning while the trade is open (reason −1). */
  readonly exitDay: Days;
  /** Where bars have a clock: when the bars of signal, entry and exit open; 0 while the trade is open. */
  readonly at?: {
    readonly signal: Instants;
    readonly entry: Instants;
    readonly exit: Instants;
  };
  /** Of instruments and of bars with splits: contracts or shares, and prices as printed, each at its own date. */
  readonly asTraded?: Pick<Trades, 'quantity' | 'entryPrice' | 'exitPrice' | 'stop' | 'target'>;
}

/**
 * Dates beside a run's trades: the signal's bar, and the sessions of the steps, in `day`, in which a position was
 * booked in and out.
 */
export function datedTrades(trades: Trades, market: Market, day: Days): DatedTrades {
  return {
    ...trades,
    signalDay: trades.signalRow.map((row) => market.day[row]!),
    entryDay: trades.entryStep.map((step) => day[step]!),
    exitDay: trades.exitStep.map((step) => (step < 0 ? 0 : day[step]!)),
    ...(market.clock && { at: instantsOf(trades, market.clock) }),
    ...(market.contracts && { asTraded: tradesAsTraded(trades, market, day.at(-1) ?? 0) }),
  };
}

function instantsOf(
  { signalRow, entryRow, exitRow }: Trades,
  { opens }: Clock,
): NonNullable<DatedTrades['at']> {
  const at = (rows: Rows): Instants =>
    Float64Array.from(rows, (row) => (row < 0 ? 0 : opens[row]!));
  return { signal: at(signalRow), entry: at(entryRow), exit: at(exitRow) };
}

function tradesAsTraded(
  trades: Trades,
  market: Market,
  lastDay: Day,
): NonNullable<DatedTrades['asTraded']> {
  const { symbol, entryRow, exitRow, quantity } = trades;
  const atEntry = (price: Price, i: number): Price => printed(price, market, entryRow[i]!);
  /** An open trade is marked at its symbol's last bar in the run. */
  const lastRow = (i: number): Row => {
    if (exitRow[i]! >= 0) return exitRow[i]!;
    let row = market.firstRow[symbol[i]! + 1]! - 1;
    while (market.day[row]! > lastDay) row--;
    return row;
  };
  return {
    quantity: quantity.map((units, i) =>
      units === 0 ? 0 : contractsIn(units, market, symbol[i]!, entryRow[i]!),
    ),
    entryPrice: trades.entryPrice.map(atEntry),
    exitPrice: trades.exitPrice.map((price, i) => printed(price, market, lastRow(i))),
    stop: trades.stop.map(atEntry),
    target: trades.target.map(atEntry),
  };
}

/**
 * Single fills as columns, in the order in which they were booked. A trade is all fills of its symbol from flat to
 * flat; one that is resized has several.
 */
export interface Fills {
  readonly length: number;
  /** Row into `Trades`. */
  readonly trade: Int32Array;
  /** Row into Market of the bar that it filled in. */
  readonly row: Rows;
  readonly step: StepIndices;
  /** +1 bought, −1 sold. */
  readonly side: Int8Array;
  readonly quantity: Float64Array;
  readonly price: Prices;
  readonly commission: Float64Array;
  readonly spread: Float64Array;
  readonly slippage: Float64Array;
  readonly impact: Float64Array;
  /** Signed quantity held after it. */
  readonly held: Float64Array;
  /** Of instruments and of bars with splits: contracts or shares, and prices as printed. */
  readonly asTraded?: Pick<Fills, 'quantity' | 'price' | 'held'>;
}

/** The same fills, where the market has instruments or splits with their contracts and printed prices beside. */
export function fillsAsTraded(fills: Fills, { symbol }: Trades, market: Market): Fills {
  if (market.contracts === undefined) return fills;
  const { trade, row } = fills;
  const contracts = (units: number, i: number): number =>
    contractsIn(units, market, symbol[trade[i]!]!, row[i]!);
  return {
    ...fills,
    asTraded: {
      quantity: fills.quantity.map(contracts),
      price: fills.price.map((price, i) => printed(price, market, row[i]!)),
      held: fills.held.map(contracts),
    },
  };
}

/** Linking divides and multiplies by splits and multipliers: the last digits are roundings. */
const withoutRoundings = (value: number): number => Number(value.toPrecision(13));

const contractsIn = (units: number, market: Market, symbol: number, row: Row): number =>
  withoutRoundings(units / unitsPerContract(market, symbol, row));

const printed = (price: Price, market: Market, row: Row): Price =>
  withoutRoundings(price / splitsAt(market, row));

/** What of a fill are plain numbers, whichever market and trades it is told beside. */
export const fillNumbers = [
  'quantity',
  'price',
  'commission',
  'spread',
  'slippage',
  'impact',
  'held',
] as const;

/** How a portfolio of target weights kept to them, by session of the run. */
export interface Following {
  /** Sessions whose close decided on a rebalance. */
  readonly rebalances: StepIndices;
  /** ½ (Σ |weight − target| + |cash weight − its target|) at the close, a ratio; NaN before the first target. */
  readonly drift: Ratios;
  /** Return of the targets in force at the close before, held exactly and without costs; NaN before the first. */
  readonly targetReturn: Ratios;
}

/** The five costs of a trade. */
export const tradeCosts = ['commission', 'spread', 'slippage', 'impact', 'borrow'] as const;
export type TradeCost = (typeof tradeCosts)[number];

/**
 * One value per step, marked at the close, in currency. Where money comes and goes, all values are those of one unit
 * of the account: units begin as one, for the initial cash, and a payment buys or sells some at what the account is worth at that open.
 */
export interface Equity {
  /** The session that each step belongs to. */
  readonly day: Days;
  /** When each step opens and is known, where bars have a clock. */
  readonly opens?: Instants;
  readonly known?: Instants;
  /** Sessions a year by the exchange's calendar, where one is known. */
  readonly perYear?: number;
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Σ |quantity| × close. */
  readonly gross: Float64Array;
  /** Σ signed quantity × close. */
  readonly net: Float64Array;
  readonly positions: Int32Array;
  /** Not given where nothing is paid in or out. */
  readonly payments?: Payments;
}

/** By session; the account's value is equity × units. */
export interface Payments {
  readonly units: Float64Array;
  /** Paid in before the open, currency; below zero paid out. */
  readonly paid: Float64Array;
}

export interface Alert {
  readonly kind: 'drawdown' | 'kill-switch' | 'drawdown-stop' | 'margin-call';
  /** Drawdown level, equity ÷ previous equity, or equity ÷ gross exposure. */
  readonly value: number;
  readonly day: Day;
  /** When it was known, where bars have a clock. */
  readonly at?: Instant;
}

/** What became of the signals in range: each ends in exactly one of these (`capped` aside), or its symbol was held. */
export interface OrderCounts {
  readonly signals: number;
  readonly filled: number;
  readonly noSlot: number;
  readonly expired: number;
  /** Below the smallest position, or no whole unit. */
  readonly tooSmall: number;
  /** No buying power, or an exposure limit was reached. */
  readonly noPower: number;
  readonly paused: number;
  readonly cooldown: number;
  readonly noAtr: number;
  /** Priced orders whose price was not met while they worked, and those whose place a newer signal took. */
  readonly unmet: number;
  /** The bar had no volume to fill them from. */
  readonly noVolume: number;
  /** Still waiting when the data ended. */
  readonly pending: number;
  /** Their bar was outside the hours of the session rules; not given where none was. */
  readonly outsideHours?: number;
  /** Filled in part: the bar's volume was too small. Counted among `filled` too. */
  readonly capped: number;
}

/** A symbol of which one whole unit was more than a position might be worth, at the first such order. */
export interface TooDear {
  readonly symbol: number;
  readonly row: Row;
  /** What the unit would have cost, currency, and which share of that was allowed. */
  readonly unit: number;
  readonly share: Ratio;
}

/** Signals that gave no order because their symbol was held: those that no other count has. */
export function heldOf({ signals, capped: _, ...outcomes }: OrderCounts): number {
  return Object.values(outcomes).reduce((left, times) => left - times, signals);
}

export interface Simulation {
  readonly trades: Trades;
  readonly equity: Equity;
  readonly alerts: readonly Alert[];
  readonly orders: OrderCounts;
  /** Interest received less interest paid, currency. */
  readonly interest: number;
  /** Value that entries wanted and volume did not give, currency. */
  readonly unfilledValue: number;
  /** Of the signals, those that gave no order because their symbol was held: what `orders` leaves. */
  readonly held: number;
  /** Where whole units kept entries out; told with the fills. */
  readonly tooDear?: readonly TooDear[];
  /** Where the caller asked for them. */
  readonly fills?: Fills;
  /** Where the strategy gives weights. */
  readonly following?: Following;
  /** Where the market has finer bars. */
  readonly inside?: Inside;
}

/** Bars in which a position's own bar leaves an exit open, and those of them that finer bars decide. */
export interface Inside {
  readonly ambiguous: number;
  readonly resolved: number;
}

export interface FilledSimulation extends Simulation {
  readonly fills: Fills;
}

/** SHA-256 in lower-case hex over canonical bytes (domain/digest.ts). */
export interface Digests {
  readonly trades: string;
  readonly equity: string;
  readonly metrics: string;
}

/** Two results of the same bits. */
export const sameDigests = (a: Digests, b: Digests): boolean =>
  a.trades === b.trades && a.equity === b.equity && a.metrics === b.metrics;

/** The tables that a run is saved as, each a file, and its study beside them. */
export const runTables = ['trades', 'fills', 'equity', 'features'] as const;
export type RunTable = (typeof runTables)[number];
export type RunFile = `${RunTable}.${TableFormat}` | 'study.json';

export const runFiles = (format: TableFormat): readonly RunFile[] => [
  ...runTables.map((table) => `${table}.${format}` as const),
  'study.json',
];
