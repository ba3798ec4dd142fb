import type { BookedFill } from '../execution/booked.ts';
import type { Instant, Price } from '../units.ts';

/**
 * What live trading asks of a broker: the same questions whether it is the simulator that fills on paper, a house with
 * an interface of its own, or an exchange. Symbols are the broker's. Instants are whole seconds; quantities are shares, contracts or coins
 * as the broker counts them, prices as printed.
 */
export interface Broker {
  /** Which one, as the person named it: `paper`, `alpaca`, `ccxt:kraken`. */
  readonly id: string;
  /** Whether orders move real money. */
  readonly isReal: boolean;
  /** Whether it ranks and sizes entries at their fill, by the study's rules. */
  readonly sizesAtFill: boolean;
  /** Whether it keeps a stop and a target together (`pair`). */
  readonly keepsPairs: boolean;
  /** What it holds, and whether it may trade. */
  account(): Promise<BrokerAccount>;
  clock(): Promise<BrokerClock>;
  positions(): Promise<readonly BrokerPosition[]>;
  /** What the broker says of symbols; one that it doesn't know is not in the answer. */
  instruments(symbols: readonly string[]): Promise<readonly Tradable[]>;
  /** Orders that still work. */
  workingOrders(): Promise<readonly BrokerOrder[]>;
  /**
   * The order with this id of ours, whatever became of it; null where the broker has never had it. Exchanges find an id
   * among the orders of its symbol alone.
   */
  orderOf(order: Pick<OrderRequest, 'clientId' | 'symbol'>): Promise<BrokerOrder | null>;
  /**
   * Sends an order once. Resolves to what the broker answered, a refusal included; rejects with a `BrokerFailure` that
   * says whether the order may have got through.
   */
  submit(order: OrderRequest): Promise<BrokerOrder>;
  /** Asks for the end of an order; it may fill all the same, which `orderOf` tells. */
  cancel(order: Pick<BrokerOrder, 'clientId' | 'brokerId' | 'symbol'>): Promise<void>;
  /** Executions from an instant on, oldest first, each once, however often it is asked. */
  fills(from: Instant, symbols: readonly string[]): Promise<readonly BrokerFill[]>;
  /** Completed bars of these symbols from an instant on, in order of symbol and time. */
  bars(symbols: readonly string[], length: BrokerBarLength, from: Instant): Promise<BrokerBars>;
  /**
   * Calls back whenever an order may have changed, until it is told to stop: a hint to ask, never the truth. Not given where there is no
   * stream.
   */
  watch?(changed: (clientId: string | null) => void, until: StopSignal): Promise<void>;
}

/** An AbortSignal, as far as the port goes. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

export interface BrokerAccount {
  /** As the person knows it; typed out to confirm real money. */
  readonly number: string;
  readonly currency: string;
  readonly equity: number;
  readonly cash: number;
  readonly buyingPower: number;
  /** Why it may not trade, in the broker's words; null where it may. */
  readonly blocked: string | null;
}

/** The broker's own clock, and when its market is open. */
export interface BrokerClock {
  readonly now: Instant;
  /** Null where it keeps no hours. */
  readonly isOpen: boolean | null;
  /** Null where it never closes. */
  readonly nextOpen: Instant | null;
  readonly nextClose: Instant | null;
}

export interface BrokerPosition {
  readonly symbol: string;
  /** Below zero short. */
  readonly quantity: number;
  /** Null where the broker does not say: a balance of coins has no price. */
  readonly averagePrice: Price | null;
}

/** What a symbol may be traded in. */
export interface Tradable {
  readonly symbol: string;
  readonly isTradable: boolean;
  readonly isShortable: boolean;
  /** Smallest step of a quantity and of a price; 0 for any. */
  readonly lot: number;
  readonly tick: Price;
  /** The smallest quantity and value of an order; 0 for any. */
  readonly leastQuantity: number;
  readonly leastValue: number;
}

export interface OrderRequest {
  /** Ours, made of what the order is: the same order always has the same. At most 32 letters and digits, which every broker takes. */
  readonly clientId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  /**
   * The study's rules say at the fill how much it is, and for target weights which way; `quantity` is what they would say at the
   * last close. Only the paper account can do that.
   */
  readonly sizedAtFill?: true;
  readonly kind: 'market' | 'limit' | 'stop' | 'stop-limit';
  readonly limit: Price | null;
  readonly stop: Price | null;
  /** For how long: the day, until it is cancelled, or the auction at the open or the close. */
  readonly lasts: 'day' | 'until-cancelled' | 'at-open' | 'at-close';
  /** It only makes a position smaller. */
  readonly reduces: boolean;
  /**
   * Stop and target that the broker keeps together, the one ending the other: for the position there is where the order
   * reduces, else for the one that it opens, whose fills are then told as its own. Null where the order has none.
   */
  readonly pair: { readonly stop: Price; readonly target: Price } | null;
}

export type OrderStatus =
  'accepted' | 'partly-filled' | 'filled' | 'cancelled' | 'expired' | 'refused';

export interface BrokerOrder {
  readonly clientId: string;
  readonly brokerId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly filled: number;
  /** Of what is filled; null before. */
  readonly averagePrice: Price | null;
  readonly status: OrderStatus;
  /** Why it was refused, in the broker's words; null else. */
  readonly why: string | null;
  readonly submittedAt: Instant;
}

/** Whether an order still works. */
export const isWorking = ({ status }: Pick<BrokerOrder, 'status'>): boolean =>
  status === 'accepted' || status === 'partly-filled';

export interface BrokerFill {
  /** The broker's own id of the execution. */
  readonly id: string;
  readonly clientId: string | null;
  readonly brokerId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: Price;
  /** What the broker took for it, in the account's currency; null where it does not say. */
  readonly commission: number | null;
  readonly at: Instant;
  /** What the simulator knows of a fill of its own; markets do not say it. */
  readonly simulated?: SimulatedFill;
}

/** A fill of the simulator, with instants in place of rows, which change as bars come. */
export interface SimulatedFill extends Omit<BookedFill, 'symbol' | 'signalRow'> {
  /** When the bar was known whose close decided on it, and the step that it fills in. */
  readonly signalAt: Instant;
  readonly knownAt: Instant;
}

/** Lengths that brokers have; others are made of them. */
export type BrokerBarLength = '1m' | '5m' | '15m' | '1h' | '1d';

/** Bars as columns; `at` is when a bar opens. */
export interface BrokerBars {
  readonly symbol: readonly string[];
  readonly at: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/**
 * A call that a broker did not answer as it should.
 * `not-sent`: it surely had no effect (no connection, a limit of calls, a key that is refused).
 * `unknown`: it may have had one; the broker is to be asked, and the call is not to be repeated.
 */
export class BrokerFailure extends Error {
  override readonly name = 'BrokerFailure';

  constructor(
    readonly effect: 'not-sent' | 'unknown',
    /** In one sentence, without keys and addresses' secrets. */
    readonly problem: string,
    /** What to do next. */
    readonly remedy: string,
    /** Whether it is worth while to try again later; false where a person has to do something. */
    readonly passes: boolean,
    /** Seconds after which the broker wants to be asked again; null where it does not say. */
    readonly after: number | null = null,
  ) {
    super(`${problem} ${remedy}`);
  }
}
