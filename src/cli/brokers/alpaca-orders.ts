import type { orders, trading } from '@alpacahq/alpaca-trade-api';
import { format } from 'd3-format';
import type { BrokerOrder, OrderRequest, OrderStatus } from '../../domain/live/broker.ts';
import { figureOf, instantOf, sideOf, textOf } from './reading.ts';
import { Unreadable } from './words.ts';

const lasting: Readonly<Record<OrderRequest['lasts'], trading.TimeInForce>> = {
  day: 'day',
  'until-cancelled': 'gtc',
  'at-open': 'opg',
  'at-close': 'cls',
};

/** What the SDK is given of an order. https://docs.alpaca.markets/docs/orders-at-alpaca */
export function inputOf(order: OrderRequest): orders.OrderInput {
  const { kind, limit, stop, pair } = order;
  const common = {
    symbol: order.symbol,
    side: order.side,
    qty: decimal(order.quantity),
    timeInForce: lasting[order.lasts],
    clientOrderId: order.clientId,
    ...(pair !== null && {
      takeProfit: { limitPrice: decimal(pair.target) },
      stopLoss: { stopPrice: decimal(pair.stop) },
    }),
  };
  // Two that cancel each other are sent as a limit order, whose price is the target's.
  if (pair !== null && order.reduces) return { ...common, type: 'limit', orderClass: 'oco' };
  return {
    ...common,
    type: kind === 'stop-limit' ? 'stop_limit' : kind,
    ...(limit !== null && { limitPrice: decimal(limit) }),
    ...(stop !== null && { stopPrice: decimal(stop) }),
    ...(pair !== null && { orderClass: 'bracket' }),
  };
}

/** A number as Alpaca reads it: never 1e-7. It keeps nine decimals. */
const decimal = format('.9~f');

/** https://docs.alpaca.markets/docs/orders-at-alpaca#order-lifecycle; what has no end yet works. */
const ended: Readonly<Record<string, OrderStatus>> = {
  filled: 'filled',
  canceled: 'cancelled',
  replaced: 'cancelled',
  expired: 'expired',
  rejected: 'refused',
};
const working = new Set([
  'new',
  'accepted',
  'pending_new',
  'accepted_for_bidding',
  'held',
  'partially_filled',
  'pending_cancel',
  'pending_replace',
  'done_for_day',
  'calculated',
  'stopped',
  'suspended',
]);

type Told = trading.Order | trading.OrderLeg;

interface State {
  readonly filled: number;
  readonly value: number;
  readonly status: OrderStatus;
}

function stateOf(told: Told): State {
  const status = textOf(told.status, 'status');
  const filled = figureOf(told.filledQty ?? '0', 'filled_qty');
  const price = told.filledAvgPrice ?? null;
  const value = price === null ? 0 : filled * figureOf(price, 'filled_avg_price');
  const end = ended[status];
  if (end === undefined && !working.has(status)) throw new Unreadable(`an order is “${status}”`);
  return { filled, value, status: end ?? (filled > 0 ? 'partly-filled' : 'accepted') };
}

/**
 * An order as Alpaca tells it. Of two that cancel each other, which Alpaca tells as target with the stop as its leg, it is
 * one: filled by either. A bracket is the order that opens; what closes it are orders of their own.
 */
export function orderOf(told: Told): BrokerOrder {
  const legs = told.orderClass === 'oco' ? ((told.legs ?? []) as readonly Told[]) : [];
  const states = [told, ...legs].map(stateOf);
  const filled = sumOf(states.map((state) => state.filled));
  const quantity = figureOf(told.qty, 'qty');
  return {
    clientId: textOf(told.clientOrderId, 'client_order_id'),
    brokerId: textOf(told.id, 'id'),
    symbol: textOf(told.symbol, 'symbol'),
    side: sideOf(told.side),
    quantity,
    filled,
    averagePrice: filled > 0 ? sumOf(states.map(({ value }) => value)) / filled : null,
    status: statusOf(states, filled, quantity),
    why: states[0]!.status === 'refused' ? 'It was rejected without a reason.' : null,
    submittedAt: instantOf(told.submittedAt ?? told.createdAt, 'submitted_at'),
  };
}

function statusOf(states: readonly State[], filled: number, quantity: number): OrderStatus {
  if (filled >= quantity) return 'filled';
  const works = states.some(({ status }) => status === 'accepted' || status === 'partly-filled');
  if (works) return filled > 0 ? 'partly-filled' : 'accepted';
  return states[0]!.status;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
