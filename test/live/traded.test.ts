import { describe, expect, it } from 'vitest';
import { openAlpaca } from '../../src/cli/brokers/alpaca.ts';
import { simulate } from '../../src/domain/execution/simulate.ts';
import { BrokerFailure } from '../../src/domain/live/broker.ts';
import { accountOf, type Known } from '../../src/domain/live/decision.ts';
import { driftOfState } from '../../src/domain/live/drift.ts';
import { answeredFills, bookOf } from '../../src/domain/live/fills.ts';
import { liveSettings } from '../../src/domain/live/gate.ts';
import { defaultGuards } from '../../src/domain/live/guards.ts';
import { knownAt } from '../../src/domain/live/times.ts';
import { type Contracts, type Market, stepTimes } from '../../src/domain/market.ts';
import { exitReasons, type Trades } from '../../src/domain/run.ts';
import { randomStream } from '../../src/domain/random.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { MemoryBook } from '../../workers/services/live/memory-book.ts';
import { account } from '../property/live-worlds.ts';
import {
  type Bar,
  firstDay,
  marketOf,
  type Said,
  settingsOf,
  signalsOf,
} from '../unit/domain/execution/market-builder.ts';
import { AlpacaStandIn } from './alpaca/stand-in.ts';
import { hurry } from './contract.ts';
import type { Fault } from './stand-in.ts';

/** A study traded at a broker through its official SDK, whatever goes wrong with calls: its trades are the simulator's. */
const sessions = 40;
const names = ['QQQ', 'SPY'];
const cents = (price: number): number => Math.round(price * 100) / 100;

function made() {
  const stream = randomStream(20261130, 'bars');
  const random = (): number => stream.uniform();
  const bars: Record<string, Bar[]> = {};
  const said: Record<string, Record<number, Said>> = {};
  names.forEach((name, s) => {
    let close = 100 + 50 * s;
    said[name] = {};
    bars[name] = Array.from({ length: sessions }, (_, session) => {
      const open = cents(close * (1 + (random() - 0.5) * 0.01));
      close = cents(open * (1 + (random() - 0.5) * 0.04));
      const high = cents(Math.max(open, close) + random());
      const low = cents(Math.min(open, close) - random());
      if (random() < 0.3) said[name]![session] = { side: random() < 0.7 ? 1 : -1, score: random() };
      return [open, high, low, close, 1e6];
    });
  });
  const market = marketOf(bars);
  const settings = liveSettings(
    settingsOf({
      execution: { bothTouched: 'stop', endOfData: 'mark' },
      size: { rule: 'units', units: 7, whole: true },
      exits: {
        stop: 2,
        target: 3,
        trailing: 'atr',
        trailingMultiple: 2,
        longestHolding: 6,
        oppositeSignal: 'close',
      },
      risk: { maximumPositions: 2, initialCash: 100_000 },
    }),
  );
  return { market, signals: signalsOf(market, said, 1), settings, bars };
}

const { market, signals, settings, bars } = made();

/** SPY is held over the night after this session, in which it is split, two for one. */
const splitAfter = heldOver('SPY');

function heldOver(name: string): number {
  const { symbol, entryStep, exitStep } = simulate(market, signals, settings).trades;
  const long = symbol.findIndex(
    (one, i) => names[one] === name && exitStep[i]! - entryStep[i]! >= 2,
  );
  return entryStep[long]!;
}

/** How many shares one of the beginning has become in a session. */
const sharesOf = (name: string, session: number): number =>
  name === 'SPY' && session > splitAfter ? 2 : 1;

/** What is known after a session, of a market with the split or without. */
function knownAfter(session: number, isSplit: boolean): Known {
  const rows = Array.from(market.day.keys()).filter(
    (row) => market.day[row]! <= firstDay + session,
  );
  const pick = <Of extends Float64Array | Int8Array>(column: Of): Of =>
    column.filter((_, row) => rows.includes(row)) as Of;
  const past: Market = {
    ...market,
    firstRow: Int32Array.from([0, session + 1, 2 * (session + 1)]),
    day: Int32Array.from(rows, (row) => market.day[row]!),
    open: pick(market.open),
    high: pick(market.high),
    low: pick(market.low),
    close: pick(market.close),
    volume: pick(market.volume),
  };
  const nothing = Float64Array.of(Number.NaN, Number.NaN);
  const contracts: Contracts = {
    ...{ multiplier: Float64Array.of(1, 1), tick: nothing, lot: nothing, margin: nothing },
    splits: Float64Array.from(rows, (row) =>
      sharesOf(row < sessions ? 'QQQ' : 'SPY', market.day[row]! - firstDay),
    ),
    dividend: null,
  };
  return {
    market: isSplit ? { ...past, contracts } : past,
    signals: {
      ...signals,
      side: pick(signals.side),
      exit: pick(signals.exit),
      score: pick(signals.score),
      atr: pick(signals.atr),
      sizeFactor: pick(signals.sizeFactor),
    },
    settings,
    steps: stepTimes(past, -Infinity, Infinity),
  };
}

/** Trades all sessions; before each look so many faults are ordered as `faults` gives. */
async function traded(faults: (session: number) => readonly Fault[], isSplit = false) {
  const shares = (name: string, session: number): number => (isSplit ? sharesOf(name, session) : 1);
  const keys = { id: 'id', secret: 'secret' };
  const house = new AlpacaStandIn(keys);
  const hosts = await house.open();
  house.history = names.map((name) => [name, firstDay * 86_400_000, 1, 1, 1, 1]);
  const broker = await openAlpaca({ keys, isReal: false, hosts, limits: hurry });
  const book = new MemoryBook(account);
  const look = async (known: Known): Promise<void> => {
    const now = Math.floor(house.market.now / 1000);
    const guards = { ...defaultGuards, ordersPerMinute: Infinity, clockSkew: Infinity };
    const next = { day: known.steps.day.at(-1)! + 1 };
    await cycle({ broker, book, known, next, guards, now, isOpen: null, isDry: false }).catch(
      (error: unknown) => {
        if (!(error instanceof BrokerFailure)) throw error;
      },
    );
  };
  try {
    for (let session = 0; session < sessions; session++) {
      const known = knownAfter(session, isSplit);
      house.market.now = knownAt(known.steps, session) * 1000;
      house.server.order('submit', ...faults(session));
      // Looks go on until nothing is left to do; a fault costs one or two of them.
      for (let times = 0; times < 3; times++) await look(known);
      if (session === sessions - 1) break;
      house.market.now += 12 * 3_600_000;
      for (const name of names) {
        const ratio = shares(name, session + 1) / shares(name, session);
        if (ratio !== 1) house.market.split(name, ratio);
        const open = bars[name]![session + 1]![0] / shares(name, session + 1);
        house.market.bar(name, { open, high: open, low: open, close: open, volume: 1e6 });
      }
      // Between the opens and the rest of the bar: entries get their stops and targets.
      for (let times = 0; times < 2; times++) await look(known);
      for (const name of names) {
        const [open, high, low, close] = bars[name]![session + 1]!.map(
          (price) => price! / shares(name, session + 1),
        ) as [number, number, number, number];
        house.market.bar(name, { open, high, low, close, volume: 1e6 });
      }
      house.market.close({});
      house.market.isOpen = true;
    }
    const state = await book.load();
    const known = knownAfter(sessions - 1, isSplit);
    const booked = bookOf(answeredFills(state.fills, state.intents).ours, known);
    const ids = house.market.orders.map(({ clientId }) => clientId);
    return { state, known, booked, ids, run: accountOf(known, booked) };
  } finally {
    house.close();
  }
}

const rowsOf = ({ length, ...trades }: Trades) =>
  Array.from({ length }, (_, i) =>
    [
      names[trades.symbol[i]!],
      trades.side[i],
      trades.quantity[i],
      trades.entryStep[i],
      trades.entryPrice[i],
      trades.exitStep[i],
      cents(trades.exitPrice[i]!),
      exitReasons[trades.reason[i]!] ?? 'open',
    ].join(' '),
  ).sort();

describe('a study at a broker', () => {
  const expected = rowsOf(simulate(market, signals, settings).trades);

  it('has the simulator’s trades, and no drift', async () => {
    const { run, known, state } = await traded(() => []);
    expect(expected.length).toBeGreaterThan(10);
    expect(rowsOf(run.trades)).toEqual(expected);
    const drift = driftOfState(state, known);
    expect(drift).toMatchObject({ missed: 0, extra: 0 });
    expect(Math.abs(drift.slippage!)).toBeLessThan(1e-9);
  }, 120_000);

  it('has them over a split in the night: positions and stops are in the new shares, and what was held before is known by them', async () => {
    const { run, state, known } = await traded(() => [], true);
    const steps = ({ length, ...trades }: Trades) =>
      Array.from({ length }, (_, i) =>
        [
          names[trades.symbol[i]!],
          trades.quantity[i],
          trades.entryStep[i],
          trades.exitStep[i],
        ].join(' '),
      ).sort();
    const { trades } = simulate(known.market, known.signals, known.settings);
    const over = Array.from(trades.symbol.keys()).filter(
      (i) =>
        names[trades.symbol[i]!] === 'SPY' &&
        trades.entryStep[i]! <= splitAfter &&
        trades.exitStep[i]! > splitAfter,
    );
    expect(over).toHaveLength(1);
    expect(steps(run.trades)).toEqual(steps(trades));
    expect(Math.abs(driftOfState(state, known).slippage!)).toBeLessThan(1);
    // Until its bar is known nothing says that there was a split.
    const differing = state.events.filter(({ kind }) => kind === 'differs');
    const night = (firstDay + splitAfter + 1) * 86_400;
    expect(differing.length).toBeGreaterThan(0);
    for (const { at, text } of differing) {
      expect(text).toContain('SPY');
      expect(at).toBeGreaterThanOrEqual(night);
      expect(at).toBeLessThan(night + 86_400);
    }
  }, 120_000);

  it('has them whatever goes wrong with the sending of orders, and sends none twice', async () => {
    const kinds: readonly Fault[] = [
      'limited',
      'broken-before',
      'broken-after',
      'cut-before',
      'cut-after',
      'cut-inside',
      'no-json-after',
      'silent-after',
    ];
    const { run, ids } = await traded((session) => [kinds[session % kinds.length]!]);
    expect(rowsOf(run.trades)).toEqual(expected);
    expect(new Set(ids).size).toBe(ids.length);
  }, 120_000);
});
