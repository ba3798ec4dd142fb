import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAlpaca } from '../../src/cli/brokers/alpaca.ts';
import { BrokerFailure } from '../../src/domain/live/broker.ts';
import { isMarketOpen } from '../../src/domain/exchanges/sessions.ts';
import { decide, type Known } from '../../src/domain/live/decision.ts';
import { defaultGuards } from '../../src/domain/live/guards.ts';
import { differences } from '../../src/domain/live/reconcile.ts';
import { knownAt } from '../../src/domain/live/times.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { MemoryBook } from '../../workers/services/live/memory-book.ts';
import { account, knownAtSteps, liveWorlds } from '../property/live-worlds.ts';
import { planted } from '../secrets.ts';
import { AlpacaStandIn } from './alpaca/stand-in.ts';
import { hurry } from './contract.ts';
import type { Fault, Kind } from './stand-in.ts';

/** Worlds in which whole shares are traded at Alpaca's stand-in, day by day. */
const worlds = fc
  .sample(liveWorlds, { seed: 20261203, numRuns: 300 })
  .map(knownAtSteps)
  .filter(({ length }) => length > 5 && length < 12)
  .slice(0, 6);

/** What goes wrong, and before which step. */
interface Trouble {
  readonly step: number;
  readonly kind: Kind;
  readonly fault: Fault;
}

const keys = { id: planted[0]!, secret: planted[3]! };
const guards = {
  ...defaultGuards,
  ordersPerMinute: Infinity,
  priceBand: null,
  clockSkew: Infinity,
};

/** Trades a world to its end by Alpaca's own SDK, over HTTP. */
async function traded(known: readonly Known[], troubles: readonly Trouble[]) {
  const house = new AlpacaStandIn(keys);
  house.isFractional = false;
  house.market.cash = 1e9;
  const hosts = await house.open();
  const broker = await openAlpaca({ keys, isReal: false, hosts, limits: hurry });
  const book = new MemoryBook(account);
  const last = known.at(-1)!.market;
  last.symbols.forEach((name, symbol) => (house.marks[name] = last.open[last.firstRow[symbol]!]!));
  for (const [step, one] of known.entries()) {
    const now = knownAt(one.steps, step);
    house.market.now = now * 1000;
    const day = known[step + 1]?.steps.day.at(-1) ?? one.steps.day.at(-1)! + 1;
    const context = { broker, book, known: one, next: { day }, guards, now };
    const look = () => cycle({ ...context, isOpen: null, isDry: false });
    for (const { kind, fault } of troubles.filter((one) => one.step === step))
      house.server.order(kind, fault);
    await look().catch((error: unknown) => {
      if (!(error instanceof BrokerFailure)) throw error;
    });
    house.server.calm();
    await look();
    // The next day trades.
    last.symbols.forEach((name, symbol) => {
      for (let row = last.firstRow[symbol]!; row < last.firstRow[symbol + 1]!; row++) {
        if (last.day[row] !== day) continue;
        const [open, high, low] = [last.open[row]!, last.high[row]!, last.low[row]!];
        house.market.bar(name, { open, high, low, close: last.close[row]!, volume: 1e12 });
      }
    });
  }
  const state = await book.load();
  const positions = await broker.positions();
  house.close();
  const { orders, executions } = house.market;
  const told = executions.map(({ order, quantity, price }) => [order.symbol, quantity, price]);
  return { state, positions, ids: orders.map(({ clientId }) => clientId), told };
}

const troubles = fc.array(
  fc.record({
    step: fc.nat(9),
    kind: fc.constantFrom<Kind>('submit', 'submit', 'cancel', 'ask'),
    fault: fc.constantFrom<Fault>(
      ...([
        'limited',
        'locked',
        'broken-before',
        'broken-after',
        'cut-before',
        'cut-after',
      ] as const),
      ...(['cut-inside', 'silent-before', 'silent-after', 'no-json-after'] as const),
    ),
  }),
  { minLength: 3, maxLength: 8 },
);

test('whatever goes wrong with calls to the broker, its orders and fills are those of a calm day, each once', async () => {
  let [sent, filled] = [0, 0];
  for (const [i, known] of worlds.entries()) {
    const calm = await traded(known, []);
    sent += calm.ids.length;
    filled += calm.told.length;
    for (const trouble of fc.sample(troubles, { seed: 7 + i, numRuns: 2 })) {
      const about = JSON.stringify([i, trouble]);
      const told = await traded(known, trouble);
      expect(new Set(told.ids).size, about).toBe(told.ids.length);
      expect(told.ids.toSorted(), about).toEqual(calm.ids.toSorted());
      expect(told.told, about).toEqual(calm.told);
      expect(
        told.state.intents.filter(({ state }) => state === 'sending'),
        about,
      ).toEqual([]);
      expect(differences(told.positions, told.state, null), about).toEqual([]);
    }
  }
  expect(sent).toBeGreaterThan(15);
  expect(filled).toBeGreaterThan(10);
}, 120_000);

test('on a half day, and where the broker closes of its own, the calendar is held to the broker’s hours; what was held back goes once they agree', async () => {
  const known = worlds.find((world) => world.some((one) => entriesOf(one).length > 0))!;
  const one = known.find((at) => entriesOf(at).length > 0)!;
  const house = new AlpacaStandIn(keys);
  house.isFractional = false;
  house.market.cash = 1e9;
  for (const name of one.market.symbols) house.marks[name] = 100;
  const hosts = await house.open();
  const broker = await openAlpaca({ keys, isReal: false, hosts, limits: hurry });
  const book = new MemoryBook(account);
  const next = { day: one.steps.day.at(-1)! + 1 };
  const look = (at: string, isOpenThere: boolean) => {
    house.market.isOpen = isOpenThere;
    const now = knownAt(one.steps, one.steps.day.length - 1);
    house.market.now = now * 1000;
    const isOpen = isMarketOpen('XNYS', Date.parse(at) / 1000);
    return cycle({ broker, book, known: one, next, guards, now, isOpen, isDry: false });
  };
  const held = async (at: string, isOpenThere: boolean) =>
    (await look(at, isOpenThere)).held.map(({ why }) => why);
  // The day after Thanksgiving ends at 13:00 in New York.
  expect((await held('2026-11-27T13:30:00-05:00', true))[0]).toMatch(
    /^By its calendar the market is closed, and the broker says that it is open\./,
  );
  expect(house.market.orders).toEqual([]);
  expect(await held('2026-11-27T12:30:00-05:00', false)).toEqual([]);
  expect(house.market.orders).toEqual([]);
  const { sent } = await look('2026-11-27T12:59:00-05:00', true);
  house.close();
  expect(sent.length).toBeGreaterThan(0);
  const ids = house.market.orders.map(({ clientId }) => clientId);
  expect(ids).toEqual(sent.map(({ order }) => order.clientId));
});

const entriesOf = (known: Known) =>
  decide(known, { day: known.steps.day.at(-1)! + 1 }, null).standing.entries;
