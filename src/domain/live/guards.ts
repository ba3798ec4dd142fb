import type { Instant, Ratio } from '../units.ts';
import type { BrokerAccount, BrokerPosition } from './broker.ts';
import type { Intent, KnownIntent } from './intent.ts';

/** Limits that hold whatever a study says. Null is off. */
export interface Guards {
  /** Value of one order, currency. */
  readonly orderValue: number | null;
  /** Value of all entries of a day (UTC), currency. */
  readonly dailyTurnover: number | null;
  /** Orders sent within a minute. */
  readonly ordersPerMinute: number;
  /** Value of one position, currency. */
  readonly positionValue: number | null;
  /** Value of all positions, a share of equity. */
  readonly grossExposure: Ratio | null;
  /** How far an entry's price may be from the last bar's close, a ratio. */
  readonly priceBand: Ratio | null;
  /** Seconds after a bar was to be there for which its data count as fresh. */
  readonly dataAge: number;
  /** Seconds by which the broker's clock and ours may differ. */
  readonly clockSkew: number;
  /** The day's loss at which trading halts, a share of the day's first equity. */
  readonly dailyLoss: Ratio | null;
}

export const defaultGuards: Guards = {
  orderValue: null,
  dailyTurnover: null,
  ordersPerMinute: 60,
  positionValue: null,
  grossExposure: null,
  priceBand: 0.1,
  dataAge: 900,
  clockSkew: 30,
  dailyLoss: null,
};

/** What guards look at. */
export interface Watched {
  readonly now: Instant;
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
  readonly intents: readonly KnownIntent[];
  /** As `LiveState` has it. */
  readonly sentAt: ReadonlyMap<string, Instant>;
  /** Last close of a broker's symbol as printed; undefined where there is none. */
  readonly lastClose: (symbol: string) => number | undefined;
  /** When the newest bar was known that all of this is decided on, and when the next one is to be. */
  readonly knownAt: Instant;
  readonly nextKnownAt: Instant;
  /** The broker's clock. */
  readonly brokerNow: Instant;
  /** Whether the market is open by its calendar, and by the broker; null where one does not say. */
  readonly isOpen: { readonly calendar: boolean | null; readonly broker: boolean | null };
}

const DAY = 86_400;
const MINUTE = 60;

/** Whether an order is worth anything to keep from a market: exits make a risk smaller, and are held back by the rate of calls alone. */
const isRisk = ({ what }: Intent): boolean => what === 'entry';

/** Why an order is not sent; null where nothing speaks against it. Sentences name the limit and what was found. */
export function objectionTo(intent: Intent, guards: Guards, watched: Watched): string | null {
  const { now, intents, sentAt } = watched;
  const recent = intents.filter(
    ({ order, state }) => state !== 'held' && (sentAt.get(order.clientId) ?? 0) > now - MINUTE,
  );
  if (recent.length >= guards.ordersPerMinute)
    return `${recent.length} orders were sent within a minute, the most that guards allow.`;
  return isRisk(intent) ? objectionToRisk(intent, guards, watched) : null;
}

function objectionToRisk(intent: Intent, guards: Guards, watched: Watched): string | null {
  const { order, price } = intent;
  const { now, brokerNow, nextKnownAt, account, positions, lastClose } = watched;
  const value = order.quantity * price;
  const skew = Math.abs(now - brokerNow);
  if (skew > guards.clockSkew)
    return `The clocks of this machine and of the broker are ${skew} s apart, more than ${guards.clockSkew} s.`;
  const { calendar, broker } = watched.isOpen;
  if (calendar !== null && broker !== null && calendar !== broker)
    return `By its calendar the market is ${calendar ? 'open' : 'closed'}, and the broker says that it is ${broker ? 'open' : 'closed'}.`;
  const late = now - nextKnownAt;
  if (late > guards.dataAge)
    return `The newest bar is old: another was to be there ${late} s ago, and guards allow ${guards.dataAge} s.`;
  if (account.blocked !== null) return `The account may not trade: ${account.blocked}`;
  if (guards.orderValue !== null && value > guards.orderValue)
    return `The order is worth ${figure(value)}, more than ${figure(guards.orderValue)}.`;
  const close = lastClose(order.symbol);
  if (guards.priceBand !== null && close !== undefined) {
    const apart = Math.abs(price / close - 1);
    if (apart > guards.priceBand)
      return `Its price is ${figure(100 * apart)} % from the last close, more than ${figure(100 * guards.priceBand)} %.`;
  }
  const today = turnoverOf(watched, Math.floor(now / DAY)) + value;
  if (guards.dailyTurnover !== null && today > guards.dailyTurnover)
    return `With it the day’s entries would be worth ${figure(today)}, more than ${figure(guards.dailyTurnover)}.`;
  const worth = (one: BrokerPosition): number =>
    Math.abs(one.quantity) * (lastClose(one.symbol) ?? one.averagePrice ?? 0);
  const own = positions.filter(({ symbol }) => symbol === order.symbol);
  const position = own.reduce((sum, one) => sum + worth(one), value);
  if (guards.positionValue !== null && position > guards.positionValue)
    return `The position would be worth ${figure(position)}, more than ${figure(guards.positionValue)}.`;
  const gross = positions.reduce((sum, one) => sum + worth(one), value);
  if (guards.grossExposure !== null && gross > guards.grossExposure * account.equity)
    return `All positions would be worth ${figure(gross)}, more than ${figure(100 * guards.grossExposure)} % of equity.`;
  return null;
}

/** Value of the entries that were sent on a day. */
const turnoverOf = ({ intents, sentAt }: Watched, day: number): number =>
  intents
    .filter(
      (one) =>
        isRisk(one) &&
        one.state !== 'held' &&
        one.state !== 'unsent' &&
        Math.floor((sentAt.get(one.order.clientId) ?? 0) / DAY) === day,
    )
    .reduce((sum, { order, price }) => sum + order.quantity * price, 0);

/** Why trading halts; null where it goes on. `dayEquity` is the day's first equity. */
export function haltFor(
  { dailyLoss }: Guards,
  equity: number,
  dayEquity: number | null,
): string | null {
  if (dailyLoss === null || dayEquity === null || equity > dayEquity * (1 - dailyLoss)) return null;
  return `Equity fell from ${figure(dayEquity)} to ${figure(equity)} within the day, by ${figure(100 * dailyLoss)} % or more.`;
}

/** At most two decimals. */
const figure = (value: number): string => String(Math.round(value * 100) / 100);
