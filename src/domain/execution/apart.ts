import { type Clock, type Market, rowsOf, stepsByRow } from '../market.ts';
import type { Alert, Equity, Inside, OrderCounts, Simulation, TooDear } from '../run.ts';
import type { FillLog } from './fill-log.ts';
import { Common } from './common.ts';
import { emptyCounts } from './orders.ts';
import { emptyEquity } from './output.ts';
import { AccountRun } from './account-run.ts';
import { sessionHours } from './session-hours.ts';
import type { Setting } from './setting.ts';
import type { TradeLog } from './trade-log.ts';

/**
 * Every symbol on an account of its own, each with the initial cash; the curve is the sum of theirs, trades stand
 * symbol by symbol. Alerts are those of the single accounts.
 */
export function simulateApart(
  setting: Setting,
  log: TradeLog,
  total: Equity,
  fills: FillLog | null,
): Simulation {
  const alerts: Alert[] = [];
  const tooDear: TooDear[] = [];
  const own = emptyEquity(setting.steps);
  let orders: OrderCounts = emptyCounts();
  let inside: Inside | undefined;
  let held = 0;
  let interest = 0;
  let unfilledValue = 0;
  for (const symbol of inOrderOfFirstBar(setting)) {
    log.firstSymbol = symbol;
    const run = new AccountRun(onlyOf(symbol, setting), log, own, fills);
    run.run();
    add(total, own);
    alerts.push(...run.alerts);
    for (const one of run.tooDear?.values() ?? []) tooDear.push({ ...one, symbol });
    orders = sum(orders, run.orders);
    inside = run.inside && sum(inside ?? { ambiguous: 0, resolved: 0 }, run.inside);
    held += run.held;
    interest += run.interest;
    unfilledValue += run.unfilledValue;
  }
  alerts.sort((a, b) => a.day - b.day);
  const all = {
    trades: log.trades(),
    equity: total,
    alerts,
    orders,
    held,
    interest,
    unfilledValue,
    ...(inside !== undefined && { inside }),
  };
  return fills === null ? all : { ...all, tooDear };
}

/** The symbols that have a bar in the steps, those first that have theirs first. */
export function inOrderOfFirstBar({ market, steps: { number } }: Setting): number[] {
  const last = number.at(-1) ?? -Infinity;
  const numbers = stepsByRow(market);
  const firstStep = market.symbols.map((_, symbol) => {
    const [from, to] = rowsOf(market, symbol);
    let row = from;
    while (row < to && numbers[row]! < number[0]!) row++;
    return row < to ? numbers[row]! : Infinity;
  });
  return [...firstStep.keys()]
    .filter((symbol) => firstStep[symbol]! <= last)
    .sort((a, b) => firstStep[a]! - firstStep[b]!);
}

/**
 * The same setting with one symbol, number 0; its rows keep their numbers. Objects are written out, not spread:
 * they then have one shape, and the code that was compiled for the first account serves all.
 */
function onlyOf(symbol: number, setting: Setting): Setting {
  const { market, signals, settings, steps, session, opening, volumeFrom } = setting;
  const own = marketOf(symbol, market);
  return {
    common: new Common(own, steps),
    market: own,
    signals,
    settings,
    steps,
    session,
    opening,
    hours: sessionHours(own, settings, session),
    volumeFrom: volumeFrom.slice(symbol, symbol + 1),
  };
}

function marketOf(symbol: number, market: Market): Market {
  const { day, open, high, low, close, volume, clock, listings, contracts, detail } = market;
  const symbols = [market.symbols[symbol]!];
  const firstRow = market.firstRow.slice(symbol, symbol + 2);
  const bars = { symbols, firstRow, day, open, high, low, close, volume };
  const own = {
    ...bars,
    ...(clock !== undefined && { clock: clockOfSymbol(symbol, clock) }),
    ...(detail !== undefined && { detail }),
  };
  if (listings === undefined && contracts === undefined) return own;
  const ofSymbol = <T extends Float64Array | Int32Array>(values: T): T =>
    values.slice(symbol, symbol + 1) as T;
  return {
    ...own,
    ...(contracts && {
      contracts: {
        ...contracts,
        multiplier: ofSymbol(contracts.multiplier),
        tick: ofSymbol(contracts.tick),
        lot: ofSymbol(contracts.lot),
        margin: ofSymbol(contracts.margin),
      },
    }),
    ...(listings && {
      listings: {
        delistedOn: ofSymbol(listings.delistedOn),
        delistingReturn: ofSymbol(listings.delistingReturn),
        group: ofSymbol(listings.group),
        groups: listings.groups,
      },
    }),
  };
}

function clockOfSymbol(symbol: number, clock: Clock): Clock {
  const { hours } = clock;
  if (hours === undefined) return clock;
  return { ...clock, hours: { ...hours, placeOf: hours.placeOf.slice(symbol, symbol + 1) } };
}

function add(total: Equity, { equity, cash, gross, net, positions }: Equity): void {
  for (let step = 0; step < equity.length; step++) {
    total.equity[step]! += equity[step]!;
    total.cash[step]! += cash[step]!;
    total.gross[step]! += gross[step]!;
    total.net[step]! += net[step]!;
    total.positions[step]! += positions[step]!;
  }
}

/** Key by key; what one lacks is 0. */
function sum<Counts extends OrderCounts | Inside>(a: Counts, b: Counts): Counts {
  const counts = { ...a } as unknown as Record<string, number>;
  for (const [key, count] of Object.entries(b)) counts[key] = (counts[key] ?? 0) + Number(count);
  return counts as unknown as Counts;
}
