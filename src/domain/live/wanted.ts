import { downToLot, onTick, splitsAt, unitsPerContract } from '../execution/contracts.ts';
import type { StandingEntry } from '../execution/dealer.ts';
import { levelsOf } from '../execution/exits.ts';
import type { StandingPosition } from '../execution/standing.ts';
import type { Instant, Price, Row } from '../units.ts';
import type { OrderRequest, Tradable } from './broker.ts';
import type { DecidedOrder, Decision, Known } from './decision.ts';
import { clientIdOf, type Intent, type KnownIntent } from './intent.ts';
import { type AnsweredFill, meanPriceOf } from './fills.ts';
import { numberOf } from './symbols.ts';
import { rowKnownAt, rowKnownBy } from './times.ts';

/** What turns a decision into orders for a broker. */
export interface Terms {
  /** Id of the live account: of study, broker and start. */
  readonly live: string;
  readonly known: Known;
  /** By symbol of the dataset. */
  readonly tradables: ReadonlyMap<string, Tradable>;
  /** Whether the broker keeps a stop and a target together, and whether it sizes entries at their fill. */
  readonly pairs: boolean;
  readonly sizesAtFill: boolean;
  /** Instant at which the step was known that decides. */
  readonly decidedAt: Instant;
  /** What was ordered before. */
  readonly intents: readonly KnownIntent[];
}

/** The orders that a decision wants the broker to have: what it orders, and what keeps the positions that it leaves alone. */
export function wantedOf({ orders, standing }: Decision, terms: Terms): Intent[] {
  const isThrough = ({ side, mark, stop, ordered }: StandingPosition): boolean =>
    ordered === null && side * mark <= side * stop;
  const through = new Set(standing.positions.filter(isThrough).map(({ symbol }) => symbol));
  const leaving = new Set(
    orders.filter(({ purpose }) => purpose === 'leave').map(({ symbol }) => symbol),
  );
  // All of it leaves at the open: what else would make it smaller has nothing left to.
  const ordered = orders.filter(
    ({ symbol, purpose, reason }) =>
      terms.sizesAtFill || !(through.has(symbol) && purpose === 'resize' && reason !== null),
  );
  const sent = new Set(
    orders.filter(({ purpose }) => purpose !== 'leave').map(({ symbol }) => symbol),
  );
  const waiting = terms.sizesAtFill
    ? standing.entries.filter(({ symbol }) => !sent.has(symbol))
    : [];
  return [
    ...ordered.map((order) => intentOf(order, terms)),
    ...waiting.map((entry) => intentOf(withoutQuantity(entry, terms), terms)),
    ...standing.positions
      .filter(({ symbol }) => !leaving.has(symbol))
      .flatMap((position) =>
        isThrough(position)
          ? [throughItsStop(position, terms)]
          : protectionOf(
              { ...position, since: rowKnownAt(terms.known.market, position.signalRow) },
              terms,
            ),
      ),
  ];
}

/** An entry that has no slot, power or change of target at the last close, and may have at its fill. */
function withoutQuantity(
  { symbol, signalRow, side, limit, stop }: StandingEntry,
  { known }: Terms,
): DecidedOrder {
  const { market } = known;
  const isPriced = !Number.isNaN(limit) || !Number.isNaN(stop);
  return {
    symbol,
    purpose: side === 0 ? 'resize' : 'enter',
    side: side === 0 ? 1 : side,
    quantity: 0,
    price: isPriced
      ? Number.isNaN(limit)
        ? stop
        : limit
      : market.close[market.firstRow[symbol + 1]! - 1]!,
    at: isPriced ? 'inside' : known.settings.execution.fill === 'next-close' ? 'close' : 'open',
    limit,
    stop,
    firstStop: Number.NaN,
    firstTarget: Number.NaN,
    reason: null,
    signalRow,
    score: Number.NaN,
  };
}

/**
 * Stops and targets of positions that began in the bar that is under way, of which the simulator knows nothing yet: they work from the
 * entry on.
 */
export function protectionsUnderWay(underWay: readonly AnsweredFill[], terms: Terms): Intent[] {
  const { market, signals, settings } = terms.known;
  const entered = new Map<string, AnsweredFill[]>();
  const left = new Set<string>();
  for (const one of underWay) {
    const { order, what } = one.intent;
    if (what === 'exit' || one.fill.side !== order.side) left.add(order.symbol);
    else entered.set(order.symbol, [...(entered.get(order.symbol) ?? []), one]);
  }
  return [...entered].flatMap(([name, fills]) => {
    const { intent } = fills[0]!;
    const symbol = numberOf(name, market);
    if (symbol < 0 || left.has(name) || intent.signalAt === null) return [];
    const scale = scaleOf(symbol, terms);
    const contracts = fills.reduce((sum, { fill }) => sum + fill.quantity, 0);
    const signalRow = rowKnownBy(market, symbol, intent.signalAt);
    const price = meanPriceOf(fills.map(({ fill }) => fill)) / scale.price;
    const levels = levelsOf(
      settings.exits,
      price,
      market.close[signalRow]!,
      signals.atr[signalRow]!,
    );
    const side = intent.positionSide;
    return protectionOf(
      {
        symbol,
        side,
        quantity: scale.units(contracts),
        stop: levels.reference - side * levels.stopDistance,
        stopReason: 'stop',
        target: levels.reference + side * levels.targetDistance,
        since: intent.signalAt,
      },
      terms,
    );
  });
}

/** The stop and target of a position, as orders: a pair where the broker keeps one, else the stop alone, or the target without one. */
function protectionOf(position: ProtectedPosition, terms: Terms): Intent[] {
  const { symbol, side, quantity, stop, target } = position;
  const scale = scaleOf(symbol, terms);
  const hasStop = Number.isFinite(stop) && stop > 0;
  const hasTarget = Number.isFinite(target) && target > 0;
  if (!hasStop && !hasTarget) return [];
  const stopPrice = onTick(stop * scale.price, scale.tick, side > 0 ? -1 : 1);
  const targetPrice = onTick(target * scale.price, scale.tick, side);
  const pair =
    hasStop && hasTarget && terms.pairs ? { stop: stopPrice, target: targetPrice } : null;
  const parts = [
    terms.live,
    scale.symbol,
    'protect',
    position.since,
    scale.contracts(quantity),
    hasStop ? stopPrice : '',
    hasTarget ? targetPrice : '',
  ];
  const order: OrderRequest = {
    clientId: firstNotEnded(parts, terms.intents),
    symbol: scale.symbol,
    side: side > 0 ? 'sell' : 'buy',
    quantity: scale.contracts(quantity),
    kind: pair !== null || !hasStop ? 'limit' : 'stop',
    limit: pair !== null || !hasStop ? targetPrice : null,
    stop: pair === null && hasStop ? stopPrice : null,
    lasts: 'until-cancelled',
    reduces: true,
    pair,
  };
  return [
    {
      order,
      purpose: 'protect',
      what: 'exit',
      positionSide: side,
      decidedAt: terms.decidedAt,
      signalAt: null,
      at: 'inside',
      reason: hasStop ? position.stopReason : 'target',
      price: hasStop ? stopPrice : targetPrice,
    },
  ];
}

/** The id of a protection: another one where the same was there before, and ended without a fill. */
function firstNotEnded(
  parts: readonly (string | number)[],
  intents: readonly KnownIntent[],
): string {
  const ended = new Set(
    intents
      .filter(({ state }) => state === 'cancelled' || state === 'expired')
      .map(({ order }) => order.clientId),
  );
  for (let time = 0; ; time++) {
    const id = clientIdOf(...parts, time);
    if (!ended.has(id)) return id;
  }
}

/** Its stop has moved past the last close: it leaves at the next open, as in a bar that opens beyond its stop. */
function throughItsStop(position: StandingPosition, terms: Terms): Intent {
  const { symbol, side, quantity, stopReason, signalRow, mark } = position;
  return intentOf(
    {
      symbol,
      purpose: 'leave',
      side: side > 0 ? -1 : 1,
      quantity,
      price: mark,
      at: 'open',
      limit: Number.NaN,
      stop: Number.NaN,
      firstStop: Number.NaN,
      firstTarget: Number.NaN,
      reason: stopReason,
      signalRow,
      score: Number.NaN,
    },
    terms,
  );
}

/** A position as far as its stop and target go; `since` tells it from an earlier one of its symbol. */
export type ProtectedPosition = Pick<
  StandingPosition,
  'symbol' | 'side' | 'quantity' | 'stop' | 'stopReason' | 'target'
> & { readonly since: Instant };

function intentOf(decided: DecidedOrder, terms: Terms): Intent {
  const { symbol, purpose, side, at, reason, signalRow } = decided;
  const { known, decidedAt, live } = terms;
  const scale = scaleOf(symbol, terms);
  const hasLimit = !Number.isNaN(decided.limit);
  const hasStop = !Number.isNaN(decided.stop);
  const isEntry = purpose !== 'leave' && decided.reason === null;
  const signalAt = rowKnownAt(known.market, signalRow);
  // A priced entry works for several bars under one id; what is for the next bar alone has its step's.
  const since = purpose === 'enter' && (hasLimit || hasStop) ? signalAt : decidedAt;
  const contracts = scale.contracts(decided.quantity);
  const order: OrderRequest = {
    clientId: clientIdOf(live, scale.symbol, purpose, side, since),
    symbol: scale.symbol,
    side: side > 0 ? 'buy' : 'sell',
    quantity: isEntry ? downToLot(contracts, scale.lot) : contracts,
    ...(terms.sizesAtFill && purpose !== 'leave' && ({ sizedAtFill: true } as const)),
    kind: hasLimit ? (hasStop ? 'stop-limit' : 'limit') : hasStop ? 'stop' : 'market',
    limit: hasLimit ? onTick(decided.limit * scale.price, scale.tick, side > 0 ? -1 : 1) : null,
    stop: hasStop ? onTick(decided.stop * scale.price, scale.tick, side) : null,
    lasts: hasLimit || hasStop ? 'until-cancelled' : at === 'close' ? 'at-close' : 'day',
    reduces: !isEntry,
    pair: null,
  };
  return {
    order,
    purpose,
    what: isEntry ? 'entry' : 'exit',
    positionSide: isEntry ? side : side > 0 ? -1 : 1,
    decidedAt,
    signalAt: isEntry ? signalAt : null,
    at,
    reason,
    price: decided.price * scale.price,
  };
}

/** From units and linked prices of the simulation to what the broker counts in, at the symbol's last bar. */
function scaleOf(
  symbol: number,
  { known: { market }, tradables }: Pick<Terms, 'known' | 'tradables'>,
): Scale {
  const row: Row = market.firstRow[symbol + 1]! - 1;
  const perContract = unitsPerContract(market, symbol, row);
  const name = market.symbols[symbol]!;
  const said = tradables.get(name);
  return {
    symbol: said?.symbol ?? name,
    price: 1 / splitsAt(market, row),
    tick: said?.tick ?? 0,
    lot: said?.lot ?? 0,
    contracts: (units) => withoutRoundings(units / perContract),
    units: (contracts) => contracts * perContract,
  };
}

interface Scale {
  readonly symbol: string;
  /** Printed price of a linked one of 1. */
  readonly price: Price;
  readonly tick: Price;
  readonly lot: number;
  readonly contracts: (units: number) => number;
  readonly units: (contracts: number) => number;
}

/** Linking divides and multiplies by splits and multipliers: the last digits are roundings. */
const withoutRoundings = (value: number): number => Number(value.toPrecision(13));
