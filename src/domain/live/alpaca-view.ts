import { figure, fieldsOf, listOf, parsed, shown } from '../sources/answers.ts';
import { SourceFault } from '../sources/source.ts';
import type { Instant } from '../units.ts';
import type { BrokerAccount, BrokerClock, BrokerPosition } from './broker.ts';

/** Which account of Alpaca is read: its paper account, or the one with real money; each has keys of its own. */
export const alpacaHosts = {
  paper: 'https://paper-api.alpaca.markets',
  real: 'https://api.alpaca.markets',
} as const;

/** What is asked to see an account, in the order in which `alpacaView` takes the answers; each only reads. */
export const alpacaPaths = [
  '/v2/account',
  '/v2/clock',
  '/v2/positions',
  '/v2/orders?status=open&limit=500&nested=true',
] as const;

/** An order as it is shown. */
export interface ViewedOrder {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly filled: number;
  readonly kind: string;
  /** Limit and stop, as the broker writes them; null where it has none. */
  readonly limit: number | null;
  readonly stop: number | null;
  readonly status: string;
}

/** A broker's account at one moment. */
export interface AccountView {
  readonly account: BrokerAccount;
  readonly clock: BrokerClock;
  readonly positions: readonly (BrokerPosition & { readonly value: number })[];
  readonly orders: readonly ViewedOrder[];
}

/** https://docs.alpaca.markets/reference: answers as text. Throws a SourceFault on what is not as documented. */
export function alpacaView(answers: readonly string[]): AccountView {
  const [account, clock, positions, orders] = answers.map(parsed);
  const told = fieldsOf(account);
  const hours = fieldsOf(clock);
  return {
    account: {
      number: textOf(told['account_number']),
      currency: textOf(told['currency']),
      equity: numberOf(told['equity']),
      cash: numberOf(told['cash']),
      buyingPower: numberOf(told['buying_power']),
      blocked:
        told['status'] === 'ACTIVE' && told['trading_blocked'] !== true
          ? null
          : `The account is ${textOf(told['status'])}${told['trading_blocked'] === true ? ' and may not trade' : ''}.`,
    },
    clock: {
      now: instantOf(hours['timestamp']),
      isOpen: hours['is_open'] === true,
      nextOpen: instantOf(hours['next_open']),
      nextClose: instantOf(hours['next_close']),
    },
    positions: listOf(positions, 'positions').map((one) => {
      const { symbol, side, qty, avg_entry_price: price, market_value: value } = fieldsOf(one);
      const quantity = Math.abs(numberOf(qty));
      return {
        symbol: textOf(symbol),
        quantity: side === 'short' ? -quantity : quantity,
        averagePrice: numberOf(price),
        value: numberOf(value),
      };
    }),
    orders: listOf(orders, 'orders').map((one) => {
      const { symbol, side, qty, filled_qty: filled, type, status, ...prices } = fieldsOf(one);
      return {
        symbol: textOf(symbol),
        side: side === 'sell' ? 'sell' : 'buy',
        quantity: numberOf(qty),
        filled: numberOf(filled),
        kind: textOf(type),
        limit: priceOf(prices['limit_price']),
        stop: priceOf(prices['stop_price']),
        status: textOf(status),
      };
    }),
  };
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw new SourceFault(`The answer lacks a text: ${shown(value)}`);
};

const priceOf = (value: unknown): number | null => (figure(value) === '' ? null : numberOf(value));

function numberOf(value: unknown): number {
  const text = figure(value);
  if (text !== '') return Number(text);
  throw new SourceFault(`The answer lacks a number: ${shown(value)}`);
}

function instantOf(value: unknown): Instant {
  const at = Date.parse(shown(value));
  if (Number.isFinite(at)) return Math.floor(at / 1000);
  throw new SourceFault(`This is no time: ${shown(value)}`);
}
