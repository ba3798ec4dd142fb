import type { marketData, trading } from '@alpacahq/alpaca-trade-api';
import type {
  BrokerAccount,
  BrokerBarLength,
  BrokerClock,
  BrokerFill,
  BrokerPosition,
  Tradable,
} from '../../domain/live/broker.ts';
import type { Instant } from '../../domain/units.ts';
import { type Bar, figureOf, instantOf, lengths, sideOf, textOf } from './reading.ts';

export const accountOf = (told: trading.Account): BrokerAccount => ({
  number: textOf(told.accountNumber, 'account_number'),
  currency: textOf(told.currency, 'currency'),
  equity: figureOf(told.equity, 'equity'),
  cash: figureOf(told.cash, 'cash'),
  buyingPower: figureOf(told.buyingPower, 'buying_power'),
  blocked: blockedBy(told),
});

function blockedBy(told: trading.Account): string | null {
  if (told.status !== 'ACTIVE') return `The account is ${textOf(told.status, 'status')}.`;
  if (told.accountBlocked === true) return 'The account is blocked.';
  if (told.tradingBlocked === true) return 'The account may not trade.';
  if (told.tradeSuspendedByUser === true) return 'You have suspended trading in the account.';
  return null;
}

export const clockOf = (told: trading.LegacyClock): BrokerClock => ({
  now: instantOf(told.timestamp, 'timestamp'),
  isOpen: told.isOpen,
  nextOpen: instantOf(told.nextOpen, 'next_open'),
  nextClose: instantOf(told.nextClose, 'next_close'),
});

export function positionOf(told: trading.Position): BrokerPosition {
  const quantity = Math.abs(figureOf(told.qty, 'qty'));
  return {
    symbol: textOf(told.symbol, 'symbol'),
    quantity: told.side === 'short' ? -quantity : quantity,
    averagePrice: figureOf(told.avgEntryPrice, 'avg_entry_price'),
  };
}

export const tradableOf = (told: trading.Assets): Tradable => ({
  symbol: textOf(told.symbol, 'symbol'),
  isTradable: told.tradable && told.status === 'active',
  isShortable: told.shortable && told.borrowStatus === 'easy_to_borrow',
  lot: told.fractionable ? 1e-9 : 1,
  // Below a dollar it is a hundredth of that; the coarser one is always good.
  tick: 0.01,
  leastQuantity: 0,
  leastValue: told.fractionable ? 1 : 0,
});

/** https://docs.alpaca.markets/docs/account-activities */
export interface Execution {
  readonly id: string;
  readonly order_id: string;
  readonly symbol: string;
  readonly side: string;
  readonly qty: string;
  readonly price: string;
  readonly transaction_time: string;
}

export const fillOf = (told: Execution): BrokerFill => ({
  id: told.id,
  clientId: null,
  brokerId: textOf(told.order_id, 'order_id'),
  symbol: textOf(told.symbol, 'symbol'),
  side: sideOf(told.side),
  quantity: figureOf(told.qty, 'qty'),
  price: figureOf(told.price, 'price'),
  // Alpaca takes none; fees of the exchanges are booked for a day, not for an execution.
  commission: null,
  at: instantOf(told.transaction_time, 'transaction_time'),
});

export const barOf = (symbol: string, { t, o, h, l, c, v }: marketData.StockBar): Bar => ({
  symbol,
  at: instantOf(t, 't'),
  values: [
    figureOf(o, 'o'),
    figureOf(h, 'h'),
    figureOf(l, 'l'),
    figureOf(c, 'c'),
    figureOf(v, 'v'),
  ],
});

/** Whether a bar is over: one of a day when its session is, the others when their time has passed. */
export function isOver(at: Instant, length: BrokerBarLength, clock: BrokerClock): boolean {
  const end = at + lengths[length];
  if (length !== '1d') return end <= clock.now;
  const next = clock.isOpen ? clock.nextClose : clock.nextOpen;
  return next === null || !(next >= at && next < end);
}
