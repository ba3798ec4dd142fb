import type { marketData, trading } from '@alpacahq/alpaca-trade-api';
import type { Execution, Market, Order, Position } from './market.ts';

/** The SDK's names as Alpaca writes them: clientOrderId is client_order_id, `_class` is class. */
type Snake<Name extends string> = Name extends `_${infer Rest}`
  ? Rest
  : Name extends `${infer First}${infer Rest}`
    ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
    : '';
/** A model of the SDK as it is on the wire: times are texts there. */
type Wire<Model> = {
  [Key in keyof Model as string extends Key ? never : Key extends string ? Snake<Key> : never]:
    | (Exclude<Model[Key], Date> extends infer Value
        ? Value extends readonly unknown[]
          ? readonly object[]
          : Value
        : never)
    | (Date extends Model[Key] ? string : never);
};

const iso = (at: number): string => new Date(at).toISOString();
const text = (value: number): string => String(value);
const maybe = (value: number | null): string | null => (value === null ? null : text(value));

/** Fields that the documentation has and the SDK's models lack. */
interface Undocumented {
  readonly subtag: null;
  readonly source: null;
}

export const orderAnswer = (order: Order, isNested: boolean): object => {
  const ended = (status: Order['status']): string | null =>
    order.status === status ? iso(order.at) : null;
  return {
    id: order.id,
    client_order_id: order.clientId,
    created_at: iso(order.at),
    updated_at: iso(order.at),
    submitted_at: iso(order.at),
    filled_at: ended('filled'),
    expired_at: ended('expired'),
    canceled_at: ended('canceled'),
    failed_at: ended('rejected'),
    replaced_at: null,
    replaced_by: null,
    replaces: null,
    asset_id: 'b28f4066-5c6d-479b-a2af-85dc1a8f16fb',
    symbol: order.symbol,
    asset_class: 'us_equity',
    notional: null,
    qty: text(order.quantity),
    filled_qty: text(order.filled),
    filled_avg_price: order.filled > 0 ? text(order.value / order.filled) : null,
    order_class: order.group === 'simple' ? '' : order.group,
    order_type: order.type,
    type: order.type,
    side: order.side,
    time_in_force: order.lasting,
    limit_price: maybe(order.limit),
    stop_price: maybe(order.stop),
    status: order.status,
    extended_hours: false,
    legs:
      isNested && order.legs.length > 0 ? order.legs.map((leg) => orderAnswer(leg, false)) : null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    subtag: null,
    source: null,
  } satisfies Wire<trading.Order> & Undocumented;
};

export const accountAnswer = (market: Market, marks: Readonly<Record<string, number>>): object => {
  const held = [...market.positions].map(([symbol, { quantity }]) => quantity * marks[symbol]!);
  const value = held.reduce((sum, one) => sum + one, 0);
  return {
    id: '1f0c2c1e-6f3c-4d4f-9a53-9d3a6a1d7f01',
    account_number: 'PA0OUTSAMPLE',
    status: 'ACTIVE',
    crypto_status: 'ACTIVE',
    currency: 'USD',
    buying_power: text(market.cash),
    cash: text(market.cash),
    portfolio_value: text(market.cash + value),
    equity: text(market.cash + value),
    trading_blocked: false,
    transfers_blocked: false,
    account_blocked: false,
    trade_suspended_by_user: false,
    created_at: iso(0),
    multiplier: '1',
    shorting_enabled: true,
  } satisfies Partial<Wire<trading.Account>>;
};

/** Sessions of these tests are from 14:30 to 21:00 UTC, every day. */
export function clockAnswer({ now, isOpen }: Market): object {
  const day = Math.floor(now / 86_400_000) * 86_400_000;
  const next = (hours: number): string => {
    const today = day + hours * 3_600_000;
    return iso(today > now ? today : today + 86_400_000);
  };
  return {
    timestamp: iso(now),
    is_open: isOpen,
    next_open: next(14.5),
    next_close: next(21),
  } satisfies Wire<trading.LegacyClock>;
}

export const positionAnswer = (symbol: string, { quantity, cost }: Position, mark: number) => {
  const side = quantity > 0 ? 'long' : 'short';
  return {
    asset_id: 'b28f4066-5c6d-479b-a2af-85dc1a8f16fb',
    symbol,
    exchange: 'ARCA',
    asset_class: 'us_equity',
    asset_marginable: true,
    qty: text(quantity),
    avg_entry_price: text(cost / quantity),
    side,
    market_value: text(quantity * mark),
    cost_basis: text(cost),
    unrealized_pl: text(quantity * mark - cost),
    unrealized_plpc: '0',
    unrealized_intraday_pl: '0',
    unrealized_intraday_plpc: '0',
    current_price: text(mark),
    lastday_price: text(mark),
    change_today: '0',
    qty_available: text(quantity),
  } satisfies Wire<trading.Position>;
};

export const assetAnswer = (symbol: string, isFractional: boolean): object =>
  ({
    id: 'b28f4066-5c6d-479b-a2af-85dc1a8f16fb',
    class: 'us_equity',
    exchange: 'ARCA',
    symbol,
    name: `${symbol} of these tests`,
    status: 'active',
    tradable: true,
    marginable: true,
    shortable: true,
    easy_to_borrow: true,
    borrow_status: 'easy_to_borrow',
    fractionable: isFractional,
    attributes: [],
  }) satisfies Wire<trading.Assets>;

export const activityAnswer = ({ id, order, quantity, price, at }: Execution): object =>
  ({
    id,
    activity_type: 'FILL',
    transaction_time: iso(at),
    type: order.filled < order.quantity ? 'partial_fill' : 'fill',
    price: text(price),
    qty: text(quantity),
    side: order.side,
    symbol: order.symbol,
    leaves_qty: text(order.quantity - order.filled),
    order_id: order.id,
    cum_qty: text(order.filled),
    order_status: order.filled < order.quantity ? 'partially_filled' : 'filled',
  }) satisfies Wire<trading.TradingActivities>;

export const barAnswer = (at: number, [o, h, l, c]: readonly number[], volume: number): object =>
  ({
    t: iso(at),
    o: o!,
    h: h!,
    l: l!,
    c: c!,
    v: volume,
    n: 10,
    vw: c!,
  }) satisfies Wire<marketData.StockBar>;

export const errorAnswer = (code: number, message: string): object => ({ code, message });
