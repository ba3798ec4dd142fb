import fc from 'fast-check';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { type Contracts, type Market, rowsOf, type Signals } from '../../src/domain/market.ts';
import type { PortfolioSettings } from '../../src/domain/study/portfolio.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import {
  type Bar,
  firstDay,
  listed,
  type Listed,
  marketOf,
  type Said,
  settingsOf,
  signalsOf,
  type simulate,
  type TradeRow,
} from '../unit/domain/execution/market-builder.ts';

/** Small random worlds for the simulator: markets with gaps and missing bars, signals, settings. */
export interface World {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Settings;
}
type Run = ReturnType<typeof simulate>;

/** What a bar is made of: jump from the last close, move to the close, wicks (ratios), volume, and what is said at it. */
export interface Step {
  readonly jump: number;
  readonly move: number;
  readonly up: number;
  readonly down: number;
  readonly volume: number;
  readonly said: Said;
}

const ratio = (max: number) => fc.integer({ min: -1000, max: 1000 }).map((n) => (n / 1000) * max);
const atr = fc.integer({ min: 1, max: 60 }).map((n) => n / 10);
const halfSpread = fc.constantFrom(0, 0.001, 0.004, Number.NaN);
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ atr, halfSpread }) },
  {
    weight: 2,
    arbitrary: fc.record({
      side: fc.constantFrom<1 | -1>(1, -1),
      score: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)),
      atr: fc.oneof(
        { weight: 9, arbitrary: atr },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      factor: fc.constantFrom(1, 1, 0.5),
      halfSpread,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ atr, halfSpread, exit: fc.constantFrom<1 | 2 | 3>(1, 2, 3) }),
  },
);
export const step: fc.Arbitrary<Step> = fc.record({
  jump: ratio(0.06),
  move: ratio(0.08),
  up: ratio(0.04).map(Math.abs),
  down: ratio(0.04).map(Math.abs),
  volume: fc.constantFrom(0, 40, 300, 2000, 2000, 20_000, Number.NaN),
  said,
});

/** One list a symbol, one entry a session, null is a session without a bar; and what the universe says of it. */
export interface Plan {
  readonly steps: readonly (readonly (Step | null)[])[];
  readonly listings: readonly Listed[];
  /** What the instruments and events files say of each symbol. */
  readonly terms?: readonly Terms[];
}

/** By session, splits (1 is none) and dividends in linked prices (0 is none); NaN where nothing is said. */
export interface Terms {
  readonly multiplier: number;
  readonly tick: number;
  readonly lot: number;
  readonly margin: number;
  readonly splits: readonly number[];
  readonly dividends: readonly number[];
}

const listing: fc.Arbitrary<Listed> = fc.record(
  {
    delistedOn: fc.integer({ min: 1, max: 40 }),
    delistingReturn: fc.constantFrom(-1, -0.3, 0.2),
    group: fc.constantFrom('tech', 'banks'),
  },
  { requiredKeys: [] },
);

export const plan: fc.Arbitrary<Plan> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 40 }))
  .chain(([symbols, sessions]) =>
    fc.record({
      steps: fc.array(
        fc.array(fc.option(step, { freq: 8 }), { minLength: sessions, maxLength: sessions }),
        { minLength: symbols, maxLength: symbols },
      ),
      listings: fc.array(listing, { minLength: symbols, maxLength: symbols }),
    }),
  );

/** The same with instruments, splits and dividends. */
export const planWithTerms: fc.Arbitrary<Plan> = plan.chain((one) =>
  fc
    .array(
      fc.record({
        multiplier: fc.constantFrom(1, 1, 5, 50),
        tick: fc.constantFrom(Number.NaN, 0.01, 0.25),
        lot: fc.constantFrom(Number.NaN, Number.NaN, 0.1, 1),
        margin: fc.constantFrom(Number.NaN, Number.NaN, 20),
        splits: events(1, 2, 1.5, 0.1),
        dividends: events(0, 0.4, 2),
      }),
      { minLength: one.steps.length, maxLength: one.steps.length },
    )
    .map((terms) => ({ ...one, terms })),
);

function events(none: number, ...values: readonly number[]): fc.Arbitrary<number[]> {
  const one = fc.oneof(
    { weight: 8, arbitrary: fc.constant(none) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
  return fc.array(one, { minLength: 40, maxLength: 40 });
}

/** What these terms say of a market's symbols. */
function contractsOf(terms: readonly Terms[], market: Market): Contracts {
  const splits = new Float64Array(market.day.length);
  const dividend = new Float64Array(market.day.length);
  terms.forEach((own, s) => {
    const [from, to] = rowsOf(market, s);
    let factor = 1;
    for (let row = from; row < to; row++) {
      const session = sessionOf(market, row);
      // Nothing goes ex before the first bar.
      if (row > from) {
        factor *= own.splits[session]!;
        dividend[row] = own.dividends[session]!;
      }
      splits[row] = factor;
    }
  });
  const bySymbol = (name: 'multiplier' | 'tick' | 'lot' | 'margin') =>
    Float64Array.from(terms, (own) => own[name]);
  return {
    multiplier: bySymbol('multiplier'),
    tick: bySymbol('tick'),
    lot: bySymbol('lot'),
    margin: bySymbol('margin'),
    splits,
    dividend,
  };
}

const names = ['A', 'B', 'C', 'D', 'E'];

/** The market and the signals of a plan. */
export function worldOf(
  { steps: all, listings, terms }: Plan,
  settings: Settings,
): { market: Market; signals: Signals; settings: Settings } {
  const bars: Record<string, (Bar | null)[]> = {};
  const words: Record<string, Record<number, Said>> = {};
  all.forEach((steps, s) => {
    const name = names[s]!;
    let close = 60 + 15 * s;
    const spoken: Record<number, Said> = {};
    bars[name] = steps.map((step, session) => {
      if (step === null) return null;
      const open = close * (1 + step.jump);
      close = open * (1 + step.move);
      spoken[session] = step.said;
      return [
        open,
        Math.max(open, close) * (1 + step.up),
        Math.min(open, close) * (1 - step.down),
        close,
        step.volume,
      ];
    });
    words[name] = spoken;
  });
  const bare = listed(
    marketOf(bars),
    Object.fromEntries(listings.map((facts, s) => [names[s]!, facts])),
  );
  const market = terms === undefined ? bare : { ...bare, contracts: contractsOf(terms, bare) };
  const signals = signalsOf(market, words);
  const estimated = settings.costs.spread === 'corwin-schultz';
  return { market, signals: estimated ? signals : { ...signals, halfSpread: null }, settings };
}

const off = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });
const seldom = <T>(value: T, ...values: readonly T[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
const multiple = fc.integer({ min: 1, max: 12 }).map((n) => n / 4);

export const settings: fc.Arbitrary<Settings> = fc
  .record({
    execution: fc.record({
      fill: seldom<Settings['execution']['fill']>(
        'next-open',
        'next-close',
        'same-close',
        'prior-close',
      ),
      order: seldom<Settings['execution']['order']>('market', 'limit', 'stop', 'stop-limit'),
      limitOffset: fc.constantFrom(0, 0.25, 0.5),
      stopOffset: fc.constantFrom(0, 0.25),
      validFor: fc.integer({ min: 1, max: 3 }),
      reentry: fc.constantFrom<'same-bar' | 'next-bar'>('same-bar', 'next-bar'),
      expireAfter: fc.integer({ min: 1, max: 6 }),
      delay: seldom(0, 1),
      maximumParticipation: fc.constantFrom(null, 0.1, 1),
      unfilled: fc.constantFrom<'cancel' | 'carry'>('cancel', 'carry'),
      bothTouched: fc.constantFrom<'stop' | 'target'>('stop', 'target'),
      endOfData: fc.constantFrom<'mark' | 'close' | 'open'>('mark', 'mark', 'close', 'open'),
    }),
    size: fc.record({
      rule: fc.constantFrom<Settings['size']['rule']>(
        'fraction',
        'units',
        'atr-risk',
        'volatility',
        'buying-power',
      ),
      price: seldom<'fill' | 'signal-close'>('fill', 'signal-close'),
      fraction: fc.constantFrom(0.005, 0.1, 0.5, 1),
      minimum: fc.constantFrom(0, 100),
      maximum: fc.constantFrom(null, 500, 5000),
      units: fc.constantFrom(1, 7.5, 100),
      risk: fc.constantFrom(0.01, 0.1, 1),
      volatilityTarget: fc.constantFrom(0.1, 1),
      volatilityBars: fc.constantFrom(3, 5),
      tooDear: seldom<'cut' | 'cancel'>('cut', 'cancel'),
      whole: fc.boolean(),
    }),
    exits: fc.record({
      reference: fc.constantFrom<'fill' | 'signal-close'>('fill', 'signal-close'),
      stop: off(multiple),
      target: off(multiple),
      breakEven: off(multiple),
      trailing: fc.constantFrom<Settings['exits']['trailing']>(
        'off',
        'atr',
        'percent',
        'chandelier',
      ),
      trailingMultiple: multiple,
      trailingMinimum: fc.constantFrom(0, 0.02),
      trailingRatio: fc.constantFrom(0.02, 0.1),
      trailingFrom: fc.constantFrom<'high' | 'close'>('high', 'close'),
      chandelierBars: fc.integer({ min: 1, max: 6 }),
      longestHolding: off(fc.integer({ min: 1, max: 8 })),
      oppositeSignal: fc.constantFrom<Settings['exits']['oppositeSignal']>(
        'ignore',
        'close',
        'reverse',
      ),
    }),
    risk: fc.record({
      initialCash: fc.constantFrom(1000, 10_000, 100_000),
      maximumPositions: fc.integer({ min: 1, max: 5 }),
      leverage: seldom(1, 0.5, 2, 5),
      maintenanceMargin: fc.constantFrom(null, 0.25),
      maximumGross: seldom(null, 0.7),
      maximumNet: seldom(null, 0.4),
      maximumPerSymbol: seldom(null, 0.3),
      maximumPerGroup: seldom(null, 0.5),
      cooldown: seldom(0, 2),
      killSwitch: fc.constantFrom(null, 0.98, 0.9),
      killSwitchPause: fc.integer({ min: 1, max: 3 }),
      drawdownStop: seldom(null, 0.1),
      drawdownPause: fc.constantFrom(null, 3),
      delistingReturn: fc.constantFrom(0, -0.5),
      delistingStress: seldom(null, 0.3),
      drawdownAlerts: fc.constantFrom<number[]>([], [0.05, 0.1, 0.2]),
    }),
    costs: fc.record({
      booking: seldom<'apart' | 'in-price'>('apart', 'in-price'),
      commission: fc.constantFrom(0, 1),
      commissionPerUnit: seldom(0, 0.01),
      commissionBps: fc.constantFrom(0, 5),
      tiers: seldom<Settings['costs']['tiers']>('off', 'units', 'value'),
      tierFrom: fc.constant<number[]>([0, 50, 5000]),
      tierRates: fc.constant<number[]>([0.02, 0.01, 0]),
      commissionMinimum: seldom(0, 2),
      commissionMaximum: seldom(null, 0.01),
      spread: seldom<Settings['costs']['spread']>('fixed', 'corwin-schultz'),
      spreadOn: seldom<'fills' | 'entry'>('fills', 'entry'),
      halfSpread: fc.constantFrom(0, 3),
      slippageModel: seldom<Settings['costs']['slippageModel']>('bps', 'atr'),
      slippageOn: seldom<'market' | 'all'>('market', 'all'),
      slippage: fc.constantFrom(0, 10, 100),
      impact: fc.constantFrom(null, 0.1),
      impactBars: fc.constantFrom(3, 20),
      borrowFee: fc.constantFrom(0, 0.05),
      interest: seldom(0, 0.04),
      marginInterest: fc.constantFrom(0, 0.08),
    }),
  })
  .map(settingsOf);

/** How target weights are held. */
const portfolios: fc.Arbitrary<PortfolioSettings> = fc.record({
  rebalance: fc.constantFrom<PortfolioSettings['rebalance']>(
    'session',
    'week',
    'month',
    'sessions',
    'signal',
    'once',
  ),
  every: fc.integer({ min: 1, max: 7 }),
  on: fc.constantFrom<'first' | 'last'>('first', 'last'),
  bandAbsolute: seldom(null, 0.02),
  bandRelative: seldom(null, 0.1),
  share: fc.constantFrom<PortfolioSettings['share']>(
    'given',
    'scaled',
    'equal',
    'inverse-volatility',
    'risk-parity',
  ),
  shareBars: fc.integer({ min: 3, max: 6 }),
  cash: fc.constantFrom(0, 0.2, -0.5),
  buffer: fc.integer({ min: 0, max: 2 }),
  minimumTrade: fc.constantFrom(0, 0.02),
});

/** Settings under which a strategy may give weights. */
export const weighted: fc.Arbitrary<Settings> = fc
  .tuple(settings, portfolios)
  .map(([one, portfolio]) => {
    const { fill } = one.execution;
    // At its own close no data say that a period is at its end.
    const on = fill === 'same-close' ? 'first' : portfolio.on;
    return {
      ...fixed(one, {
        execution: { order: 'market', fill: fill === 'prior-close' ? 'next-open' : fill },
        risk: { accounts: 'shared' },
      }),
      portfolio: { ...portfolio, on },
    };
  });

export const world: fc.Arbitrary<World> = fc
  .tuple(plan, settings)
  .map(([plan, settings]) => worldOf(plan, settings));

/** The same with instruments, splits and dividends. */
export const worldWithTerms: fc.Arbitrary<World> = fc
  .tuple(planWithTerms, settings)
  .map(([plan, settings]) => worldOf(plan, settings));

/** A world whose strategy gives weights, made of what the bars of a plan say. */
export function holding(plan: Plan, settings: Settings): World {
  const world = worldOf(plan, settings);
  const { side, exit, score, atr } = world.signals;
  const weight = Float64Array.from(side, (one, row) => {
    if (exit[row] !== 0) return 0;
    if (one !== 0) return one * (0.2 + (Number.isNaN(score[row]!) ? 0 : 0.05 * score[row]!));
    return atr[row]! > 3 ? Number.NaN : 0.3;
  });
  return { ...world, signals: { ...world.signals, weight, side: new Int8Array(side.length) } };
}

type Changes = Parameters<typeof settingsOf>[0];

/** Random settings, some of them fixed. */
export function fixed(settings: Settings, changes: Changes): Settings {
  const copy = structuredClone(settings);
  for (const group of Object.keys(changes) as (keyof Settings)[])
    Object.assign(copy[group] ?? {}, changes[group]);
  return copy;
}

/** Rows in a new order, symbol by symbol. */
export function rearranged(
  { market, signals, settings }: World,
  order: readonly (readonly number[])[],
  symbols = order.map((_, s) => s),
): World {
  const rows = order.flat();
  const firstRow = [0];
  for (const own of order) firstRow.push(firstRow.at(-1)! + own.length);
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  const ofSymbols = (values: Float64Array) => Float64Array.from(symbols, (s) => values[s]!);
  const facts = market.listings!;
  const { contracts } = market;
  return {
    settings,
    market: {
      symbols: market.symbols,
      firstRow: Int32Array.from(firstRow),
      day: Int32Array.from(rows, (row) => market.day[row]!),
      open: pick(market.open),
      high: pick(market.high),
      low: pick(market.low),
      close: pick(market.close),
      volume: pick(market.volume),
      ...(contracts && {
        contracts: {
          multiplier: ofSymbols(contracts.multiplier),
          tick: ofSymbols(contracts.tick),
          lot: ofSymbols(contracts.lot),
          margin: ofSymbols(contracts.margin),
          splits: contracts.splits && pick(contracts.splits),
          dividend: contracts.dividend && pick(contracts.dividend),
        },
      }),
      listings: {
        delistedOn: Int32Array.from(symbols, (s) => facts.delistedOn[s]!),
        delistingReturn: ofSymbols(facts.delistingReturn),
        group: Int32Array.from(symbols, (s) => facts.group[s]!),
        groups: facts.groups,
      },
    },
    signals: {
      side: Int8Array.from(rows, (row) => signals.side[row]!),
      exit: Int8Array.from(rows, (row) => signals.exit[row]!),
      score: pick(signals.score),
      atr: pick(signals.atr),
      sizeFactor: pick(signals.sizeFactor),
      halfSpread: signals.halfSpread && pick(signals.halfSpread),
      ...(signals.weight && { weight: pick(signals.weight) }),
    },
  };
}

/** The rows of each symbol. */
export const rowsBySymbol = (market: Market): number[][] =>
  market.symbols.map((_, s) => {
    const [from, to] = rowsOf(market, s);
    return Array.from({ length: to - from }, (_, i) => from + i);
  });

/** The rows of the sessions up to `session`, of market and signals; rows are renumbered. */
export function cutAfter(world: World, session: number): World {
  const { market } = world;
  const last = firstDay + session;
  return rearranged(
    world,
    rowsBySymbol(market).map((rows) => rows.filter((row) => market.day[row]! <= last)),
  );
}

export interface Fill {
  readonly session: number;
  readonly what: string;
  /** At the session's open: nothing of that bar but its open (and the volume that it had) may have decided it. */
  readonly atOpen: boolean;
}

/** Exits that are ordered at a close for the next fill. */
export const byOrder = new Set<TradeRow['reason']>([
  'time',
  'signal',
  'opposite',
  'kill-switch',
  'drawdown-stop',
  'margin-call',
]);

/**
 * Every first and last fill of a run with all that was known about it then, in bits, without row numbers. Where
 * entries come in parts, what an entry became is known later than it; where fills are dated back, the session of
 * a fill isn't the one that booked it: there only the curve tells.
 */
export function fillsOf({ market, settings }: World, { trades, equity }: Run): Fill[] {
  const { execution, costs } = settings;
  if (execution.unfilled === 'carry' || execution.fill === 'prior-close') return [];
  const nextOpen = execution.fill === 'next-open';
  const apart = costs.booking === 'apart';
  const fills: Fill[] = [];
  for (const t of trades) {
    const id = [market.symbols[t.symbol], t.side, sessionOf(market, t.signalRow)];
    const entry = [t.quantity, t.entryPrice, t.stop, t.target, t.score];
    const priced = execution.order !== 'market';
    fills.push({
      session: sessionOf(market, t.entryRow),
      what: ['in', ...id, ...entry].join(' '),
      atOpen: priced ? apart && t.entryPrice === market.open[t.entryRow] : nextOpen,
    });
    if (t.exitRow < 0) continue;
    const exit = [t.exitPrice, t.reason, t.bars, t.ambiguous, t.gross, t.net];
    fills.push({
      session: equity.day[t.exitStep]! - firstDay,
      what: ['out', ...id, ...exit].join(' '),
      atOpen:
        t.reason === 'delisting' ||
        t.reason === 'split' ||
        (nextOpen && (byOrder.has(t.reason) || (apart && t.exitPrice === market.open[t.exitRow]))),
    });
  }
  return fills;
}

export function sessionOf(market: Market, row: number): number {
  return market.day[row]! - firstDay;
}

/** A day of the builder's calendar as the study writes it. */
export function isoOf(session: number): string {
  return isoFromDay(firstDay + session);
}
