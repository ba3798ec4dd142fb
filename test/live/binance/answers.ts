import type { Order, Trade } from './stand-in.ts';

const decimals = (value: number): string => value.toFixed(8);

/** As a new order is answered, in full. */
export const sentAnswer = (order: Order): object => ({
  symbol: 'BTCUSDT',
  orderId: order.id,
  orderListId: -1,
  clientOrderId: order.clientId,
  transactTime: order.at,
  ...stateOf(order),
  fills: [],
});

/** As an order is answered that is asked for. */
export const orderAnswer = (order: Order): object => ({
  symbol: 'BTCUSDT',
  orderId: order.id,
  orderListId: -1,
  clientOrderId: order.clientId,
  ...stateOf(order),
  stopPrice: decimals(order.stop),
  icebergQty: decimals(0),
  time: order.at,
  updateTime: order.at,
  isWorking: true,
  origQuoteOrderQty: decimals(0),
});

const stateOf = (order: Order): object => ({
  price: decimals(order.price),
  origQty: decimals(order.quantity),
  executedQty: decimals(order.filled),
  cummulativeQuoteQty: decimals(order.value),
  status: order.status,
  timeInForce: 'GTC',
  type: order.type,
  side: order.side,
});

export const tradeAnswer = ({ id, order, quantity, price, at, feeIn }: Trade): object => ({
  symbol: 'BTCUSDT',
  id,
  orderId: order.id,
  orderListId: -1,
  price: decimals(price),
  qty: decimals(quantity),
  quoteQty: decimals(quantity * price),
  commission: decimals(feeIn === 'BTC' ? quantity / 1000 : (quantity * price) / 1000),
  commissionAsset: feeIn,
  time: at,
  isBuyer: order.side === 'BUY',
  isMaker: true,
  isBestMatch: true,
});

export const accountAnswer = (balances: Readonly<Record<string, number>>): object => ({
  makerCommission: 10,
  takerCommission: 10,
  buyerCommission: 0,
  sellerCommission: 0,
  canTrade: true,
  canWithdraw: false,
  canDeposit: false,
  updateTime: 1_772_463_600_000,
  accountType: 'SPOT',
  balances: Object.entries(balances).map(([asset, free]) => ({
    asset,
    free: decimals(free),
    locked: decimals(0),
  })),
  permissions: ['SPOT'],
});

export const infoAnswer = (): object => ({
  timezone: 'UTC',
  serverTime: 1_772_463_600_000,
  rateLimits: [],
  exchangeFilters: [],
  symbols: [
    {
      symbol: 'BTCUSDT',
      status: 'TRADING',
      baseAsset: 'BTC',
      baseAssetPrecision: 8,
      quoteAsset: 'USDT',
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      baseCommissionPrecision: 8,
      quoteCommissionPrecision: 8,
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT'],
      icebergAllowed: true,
      ocoAllowed: true,
      quoteOrderQtyMarketAllowed: true,
      isSpotTradingAllowed: true,
      isMarginTradingAllowed: false,
      filters: [
        { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
        { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '9000', stepSize: '0.001' },
        { filterType: 'MIN_NOTIONAL', minNotional: '5', applyToMarket: true, avgPriceMins: 5 },
      ],
      permissions: ['SPOT'],
    },
  ],
});

export const tickerAnswer = (last: number): object => ({
  symbol: 'BTCUSDT',
  priceChange: decimals(0),
  priceChangePercent: '0.000',
  weightedAvgPrice: decimals(last),
  prevClosePrice: decimals(last),
  lastPrice: decimals(last),
  lastQty: decimals(1),
  bidPrice: decimals(last),
  bidQty: decimals(1),
  askPrice: decimals(last),
  askQty: decimals(1),
  openPrice: decimals(last),
  highPrice: decimals(last),
  lowPrice: decimals(last),
  volume: decimals(100),
  quoteVolume: decimals(100 * last),
  openTime: 1_772_377_200_000,
  closeTime: 1_772_463_600_000,
  firstId: 1,
  lastId: 100,
  count: 100,
});
