import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveBook, LiveState } from '../../src/domain/live/account.ts';
import { type Broker, BrokerFailure, type OrderRequest } from '../../src/domain/live/broker.ts';
import type { Known } from '../../src/domain/live/decision.ts';
import { defaultGuards } from '../../src/domain/live/guards.ts';
import { knownAt } from '../../src/domain/live/times.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { MemoryBook } from '../../workers/services/live/memory-book.ts';
import { noPaper, type PaperState } from '../../src/domain/live/paper.ts';
import { PaperBroker } from '../../workers/services/live/paper.ts';
import { account, knownAtSteps, liveWorlds } from './live-worlds.ts';

/**
 * Live trading that is killed, or loses what a call answered, at any moment: no order twice, none lost, and the book says
 * in the end what the broker says.
 */
const worlds = fc
  .sample(liveWorlds, { seed: 20261202, numRuns: 100 })
  .map(knownAtSteps)
  .filter(({ length }) => length > 5 && length < 12)
  .slice(0, 10);

class Killed extends Error {}

/** What goes wrong, and at which of all calls to book and broker. */
type Fault = 'killed before' | 'killed after' | 'lost before' | 'lost after';
const faults: readonly Fault[] = ['killed before', 'killed after', 'lost before', 'lost after'];

/** Counts the calls of everything that is outside this process, and lets one of them go wrong. */
class Outside {
  calls = 0;
  constructor(
    readonly at: number,
    readonly fault: Fault,
  ) {}

  async call<T>(isBroker: boolean, work: () => Promise<T>): Promise<T> {
    const isHit = this.calls++ === this.at;
    if (isHit && this.fault === 'killed before') throw new Killed();
    if (isHit && isBroker && this.fault === 'lost before') throw lost('not-sent');
    const answer = await work();
    if (isHit && this.fault === 'killed after') throw new Killed();
    if (isHit && isBroker && this.fault === 'lost after') throw lost('unknown');
    return answer;
  }
}

const lost = (effect: 'not-sent' | 'unknown'): BrokerFailure =>
  new BrokerFailure(effect, 'The broker did not answer.', 'Ask it.', true);

/** The same object, each of whose methods is a call to the outside. */
function through<Of extends object>(outside: Outside, one: Of, isBroker: boolean): Of {
  return new Proxy(one, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        outside.call(isBroker, () => Reflect.apply(value, target, given) as Promise<unknown>);
    },
  });
}

interface Told {
  readonly state: LiveState;
  readonly orders: PaperState['orders'];
  readonly fills: PaperState['fills'];
  readonly calls: number;
  /** How often each order reached the broker. */
  readonly arrivals: ReadonlyMap<string, number>;
}

/** Trades a world to its end; what goes wrong is followed by a start from what book and broker have. */
async function traded(known: readonly Known[], outside: Outside): Promise<Told> {
  let now = known[0]!;
  let kept: PaperState = noPaper;
  const book = new MemoryBook(account);
  const arrivals = new Map<string, number>();
  const paper = new PaperBroker(
    { load: () => Promise.resolve(kept), save: (state) => Promise.resolve(void (kept = state)) },
    () => now,
    () => knownAt(now.steps, now.steps.day.length - 1),
  );
  const counted = new Proxy(paper, {
    get: (target, name) => {
      if (name === 'submit')
        return (order: OrderRequest) => {
          arrivals.set(order.clientId, (arrivals.get(order.clientId) ?? 0) + 1);
          return target.submit(order);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  for (const [step, one] of known.entries()) {
    now = one;
    const next = { day: known[step + 1]?.steps.day.at(-1) ?? one.steps.day.at(-1)! + 1 };
    const guards = { ...defaultGuards, ordersPerMinute: Infinity, priceBand: null };
    const context = {
      known: one,
      next,
      guards,
      now: knownAt(one.steps, step),
      isOpen: null,
      isDry: false,
    };
    const run = (broker: Broker, written: LiveBook) =>
      cycle({ ...context, broker, book: written }).catch((error: unknown) => {
        if (!(error instanceof Killed) && !(error instanceof BrokerFailure)) throw error;
      });
    await run(through(outside, counted, true), through(outside, book, false));
    // Whatever became of it, the next look comes before the next bar.
    await run(counted, book);
  }
  const { orders, fills } = kept;
  return { state: await book.load(), orders, fills, calls: outside.calls, arrivals };
}

const idsOf = ({ orders }: Told): string[] => orders.map(({ order }) => order.clientId).sort();

describe('live trading that is killed', () => {
  it('at each of more than 1,000 moments: no order twice, none lost, the book is the broker’s', async () => {
    let moments = 0;
    let sent = 0;
    for (const known of worlds) {
      const calm = await traded(known, new Outside(-1, 'killed before'));
      sent += calm.orders.length;
      const every = Math.max(1, Math.floor((calm.calls * faults.length * worlds.length) / 1400));
      for (let moment = 0; moment < calm.calls * faults.length; moment += every) {
        const fault = faults[moment % faults.length]!;
        const told = await traded(known, new Outside(Math.floor(moment / faults.length), fault));
        moments++;
        const about = `${fault} at call ${Math.floor(moment / faults.length)}`;
        expect(idsOf(told), about).toEqual(idsOf(calm));
        expect(
          [...told.arrivals.values()].filter((times) => times !== 1),
          about,
        ).toEqual([]);
        expect(told.fills, about).toEqual(calm.fills);
        expect(told.state.fills, about).toEqual(calm.fills);
        expect(statesOf(told), about).toEqual(
          Object.fromEntries(told.orders.map(({ order }) => [order.clientId, order.status])),
        );
      }
    }
    expect(moments).toBeGreaterThan(1000);
    expect(sent).toBeGreaterThan(50);
  }, 120_000);
});

const statesOf = ({ state }: Told): Record<string, string> =>
  Object.fromEntries(state.intents.map(({ order, state }) => [order.clientId, state]));
