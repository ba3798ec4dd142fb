import type { Exchange, MarketInterface, Order, Trade } from 'ccxt';
import type {
  BrokerFill,
  BrokerOrder,
  OrderRequest,
  OrderStatus,
  Tradable,
} from '../../domain/live/broker.ts';
import { figureOf, instantOf, sideOf, textOf } from './reading.ts';

/** ccxt's ways to count a precision: https://docs.ccxt.com/#/?id=precision-and-limits */
const [decimalPlaces, tickSize] = [2, 4];

/** What may be traded, and in which steps. Nothing is lent on these markets, so nothing can be sold that is not there. */
export function tradableOf(exchange: Exchange, market: MarketInterface): Tradable {
  const step = (precision: number | undefined): number => {
    if (precision === undefined) return 0;
    if (exchange.precisionMode === tickSize) return precision;
    return exchange.precisionMode === decimalPlaces ? Number(`1e-${precision}`) : 0;
  };
  return {
    symbol: market.symbol,
    isTradable: market.active !== false,
    isShortable: false,
    lot: step(market.precision.amount),
    tick: step(market.precision.price),
    leastQuantity: market.limits.amount?.min ?? 0,
    leastValue: market.limits.cost?.min ?? 0,
  };
}

/** Why an exchange cannot take an order as it stands; null where it can. ccxt would cut a quantity or a price to its steps. */
export function misfitOf(
  exchange: Exchange,
  order: OrderRequest,
  hasPlainStops: boolean,
): string | null {
  const { symbol, kind, limit, stop } = order;
  const name = exchange.id;
  if (!Object.hasOwn(exchange.markets ?? {}, symbol))
    return `${name} has no market ${symbol}. Write it as BASE/QUOTE, such as BTC/USDT.`;
  if (order.side === 'sell' && !order.reduces)
    return `${name} sells what is there alone: no shorts. Let the study trade long only.`;
  if (order.pair !== null)
    return `No stop and target that end each other are kept on ${name}. Send the stop alone, and watch the target.`;
  if (order.lasts === 'at-open' || order.lasts === 'at-close')
    return `${name} has no auctions. Send a market order.`;
  if (order.lasts === 'day' && kind !== 'market')
    return `${name} has no orders for a day. Send it until cancelled, and cancel it.`;
  if (kind === 'market' && order.side === 'buy' && countsByCost(exchange))
    return `${name} counts what is bought at the market by its cost. Send a limit order.`;
  if ((kind === 'stop' || kind === 'stop-limit') && !hasPlainStops)
    return `Stops on ${name} are plans with an id of their own, which cannot be asked for by ours. Watch the stop, and send a market order when it is met.`;
  // ccxt throws where nothing is left of a quantity.
  const fits = (value: number | null, cut: (value: number) => unknown): boolean => {
    try {
      return value === null || Number(cut(value)) === value;
    } catch {
      return false;
    }
  };
  if (!fits(order.quantity, (value) => exchange.amountToPrecision(symbol, value)))
    return `${order.quantity} is no quantity that ${symbol} is traded in. Round it to its lot.`;
  for (const price of [limit, stop])
    if (!fits(price, (value) => exchange.priceToPrecision(symbol, value)))
      return `${price} is no price that ${symbol} is traded at. Round it to its tick.`;
  return null;
}

/** Where a quantity would be read as an amount of money. */
const countsByCost = ({ features }: Exchange): boolean => {
  const { spot } = features as {
    readonly spot?: { readonly createOrder?: { readonly marketBuyRequiresPrice?: boolean } };
  };
  return spot?.createOrder?.marketBuyRequiresPrice === true;
};

/** What ccxt’s createOrder takes beside symbol, type, side and quantity. */
export const paramsOf = ({ clientId, stop, side }: OrderRequest) => ({
  clientOrderId: clientId,
  ...(stop !== null && {
    triggerPrice: stop,
    triggerDirection: side === 'sell' ? 'descending' : 'ascending',
  }),
});

const ended: Readonly<Record<string, OrderStatus>> = {
  closed: 'filled',
  canceled: 'cancelled',
  expired: 'expired',
  rejected: 'refused',
};

/** An order as ccxt tells it; some exchanges tell no more of one that they have just taken than its id. */
export function orderOf(
  told: Order,
  asked: Pick<OrderRequest, 'symbol'> & Partial<OrderRequest>,
): BrokerOrder {
  const filled = figureOf(told.filled ?? 0, 'filled');
  const end = told.status === undefined ? undefined : ended[told.status];
  const quantity = figureOf(told.amount ?? asked.quantity, 'amount');
  const price = told.average ?? (told.cost === undefined ? undefined : told.cost / filled);
  return {
    clientId: told.clientOrderId || asked.clientId || '',
    brokerId: textOf(told.id, 'id'),
    symbol: told.symbol ?? asked.symbol,
    side: sideOf(told.side ?? asked.side),
    quantity,
    filled,
    averagePrice: filled > 0 ? figureOf(price, 'average') : null,
    // A market order that was filled in part and then ended is told as closed by some.
    status:
      end === undefined
        ? filled > 0
          ? 'partly-filled'
          : 'accepted'
        : end === 'filled' && filled < quantity
          ? 'cancelled'
          : end,
    why: end === 'refused' ? 'It was rejected without a reason.' : null,
    submittedAt: instantOf(told.timestamp ?? Date.now(), 'timestamp'),
  };
}

/** A fee counts where it is in the currency or in the coin itself; one in a third coin is not told. */
export function fillOf(told: Trade, symbol: string, clientId: string | null): BrokerFill {
  const price = figureOf(told.price, 'price');
  const [base, quote] = symbol.split('/');
  const { cost, currency } = told.fee ?? {};
  const rate = currency === quote ? 1 : currency === base ? price : null;
  return {
    id: textOf(told.id, 'id'),
    clientId,
    brokerId: textOf(told.order, 'order'),
    symbol,
    side: sideOf(told.side),
    quantity: figureOf(told.amount, 'amount'),
    price,
    commission: cost === undefined || rate === null ? null : cost * rate,
    at: instantOf(told.timestamp, 'timestamp'),
  };
}
