import { digestOf, equityColumns, tradeColumns } from '../../../src/domain/digest.ts';
import type { StandingEntry } from '../../../src/domain/execution/dealer.ts';
import type { Standing } from '../../../src/domain/execution/standing.ts';
import type { LiveAccount } from '../../../src/domain/live/account.ts';
import { accountOf, followed, type Known } from '../../../src/domain/live/decision.ts';
import { answeredFills, bookOf } from '../../../src/domain/live/fills.ts';
import type { Parity } from '../../../src/domain/live/known.ts';
import { liveSettings } from '../../../src/domain/live/gate.ts';
import { defaultGuards } from '../../../src/domain/live/guards.ts';
import { nextStepOf } from '../../../src/domain/live/next-step.ts';
import { noPaper, type PaperState } from '../../../src/domain/live/paper.ts';
import { knownAt, opensAt, rowKnownAt } from '../../../src/domain/live/times.ts';
import type { NextStep } from '../../../src/domain/live/next-bar.ts';
import { type Market, type StepTimes, stepTimes } from '../../../src/domain/market.ts';
import { datedTrades, type FilledSimulation } from '../../../src/domain/run.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { simulateFills } from '../../../src/domain/execution/simulate.ts';
import { momentOfDay, momentOfInstant } from '../../../src/domain/validation/look-ahead-replays.ts';
import { knownListings } from '../../../src/domain/validation/look-ahead-noise.ts';
import type { Row, Step } from '../../../src/domain/units.ts';
import { dataOf, withWorlds } from '../audit/worlds.ts';
import type { Dataset } from '../dataset.ts';
import { nextTurn } from '../drive.ts';
import { type SignalContext, planOf } from '../signals.ts';
import { cycle } from './cycle.ts';
import { stepsFrom } from './known.ts';
import { MemoryBook } from './memory-book.ts';
import { PaperBroker } from './paper.ts';

/**
 * Feeds the last steps of a dataset to the live path, bar by bar: at each one the signals are computed by the same SQL from nothing but
 * what was known by then, and orders go to the paper account through journal, guards and port. A backtest over the
 * same steps, with all data there, must have the same orders, fills, trades and curve to the bit.
 */
export async function liveParity(
  study: Study,
  steps: number,
  { engine, dataset, signal }: SignalContext & { readonly dataset: Dataset },
  onStep: (done: number, of: number) => void,
): Promise<Parity> {
  const settings = liveSettings(study);
  const plan = planOf(study, dataset);
  const data = dataOf(dataset);
  const { market } = dataset;
  const all = stepTimes(market, -Infinity, Infinity);
  const first = Math.max(0, all.day.length - steps);
  const own = stepsFrom(all, first);
  return withWorlds(engine, signal, data, async (worlds) => {
    worlds.open();
    const momentOf = (step: Step) =>
      own.clock === undefined
        ? momentOfDay('cut', own.day[step]!)
        : momentOfInstant(
            'cut',
            own.clock.known[step]!,
            { day: market.day, clock: market.clock! },
            data.frame,
          );
    const knownBy = async (step: Step): Promise<Known> => {
      const moment = momentOf(step);
      await worlds.enter({ ...moment, future: 'absent' });
      const bars = await worlds.market(market.symbols);
      const { listings, clock } = market;
      const past: Market = {
        ...bars,
        ...(bars.clock && clock && { clock: { ...clock, ...bars.clock } }),
        ...(listings && { listings: knownListings(listings, moment.universeDay, null) }),
      };
      const signals = await worlds.signals(study, plan);
      const times = stepTimes(past, -Infinity, Infinity);
      return { market: past, signals, settings, steps: stepsFrom(times, first) };
    };
    const last = own.day.length - 1;
    const whole = await knownBy(last);
    const expected = followed(whole);
    const path = new LivePath();
    let differing = 0;
    let firstText: string | null = null;
    for (let step = 0; step <= last; step++) {
      await nextTurn(signal);
      onStep(step, last + 1);
      const known = step === last ? whole : await knownBy(step);
      const standing = await path.take(known, nextOf(known, own, step));
      const found = told(standing, known);
      const wanted = told(expected.standing[step]!, whole);
      if (found === wanted) continue;
      differing++;
      firstText ??= `After ${new Date(knownAt(own, step) * 1000).toISOString()}: ${found} in place of ${wanted}.`;
    }
    const paper = await path.account(whole);
    const backtest = simulateFills(whole.market, whole.signals, settings, whole.steps);
    return {
      steps: own.day.length,
      orders: await path.orders(),
      fills: paper.fills.length,
      differing,
      first: firstText,
      digests: { paper: digest(paper, whole), backtest: digest(backtest, whole) },
    };
  });
}

/** The live path on the paper account, with a book that lasts as long as this. */
class LivePath {
  readonly #book = new MemoryBook(replayed);
  readonly #broker: PaperBroker;
  #known!: Known;
  #paper: PaperState = noPaper;

  constructor() {
    const store = {
      load: () => Promise.resolve(this.#paper),
      save: (state: PaperState) => Promise.resolve(void (this.#paper = state)),
    };
    this.#broker = new PaperBroker(
      store,
      () => this.#known,
      () => this.#now,
    );
  }

  get #now(): number {
    return knownAt(this.#known.steps, this.#known.steps.day.length - 1);
  }

  async take(known: Known, next: NextStep): Promise<Standing> {
    this.#known = known;
    const { decision } = await cycle({
      broker: this.#broker,
      book: this.#book,
      known,
      next,
      guards: { ...defaultGuards, ordersPerMinute: Infinity, priceBand: null },
      now: this.#now,
      isOpen: null,
      isDry: false,
    });
    return decision.standing;
  }

  async account(known: Known): Promise<FilledSimulation> {
    const { fills, intents } = await this.#book.load();
    return accountOf(known, bookOf(answeredFills(fills, intents).ours, known));
  }

  async orders(): Promise<number> {
    return (await this.#book.load()).intents.length;
  }
}

/** The next step as the calendar has it; the date is that of the stored one, which a calendar of bars by days does not know. */
function nextOf(known: Known, steps: StepTimes, step: Step): NextStep {
  const day = steps.day[step + 1];
  if (day === undefined) return nextStepOf(known.market, known.steps);
  if (steps.clock === undefined) return { day };
  return { day, clock: { opens: opensAt(steps, step + 1), known: knownAt(steps, step + 1) } };
}

const replayed: LiveAccount = {
  id: 'replay',
  study: '',
  studyDigest: '',
  signalsDigest: '',
  engine: '',
  broker: 'paper',
  number: 'paper',
  isReal: false,
  startedAt: 0,
  equity: 0,
  unproven: null,
};

/** What stands, with instants in place of rows, as text of the numbers' own bits. */
function told({ entries, positions }: Standing, { market }: Known): string {
  const at = (row: Row): number => rowKnownAt(market, row);
  const name = (symbol: number): string => market.symbols[symbol]!;
  const order = ({ symbol, side, limit, stop, signalRow }: StandingEntry): string =>
    [name(symbol), side, limit, stop, at(signalRow)].join(' ');
  return JSON.stringify({
    orders: entries.map(order),
    positions: positions.map((one) =>
      [
        name(one.symbol),
        one.side * one.quantity,
        one.ordered,
        one.stop,
        one.stopReason,
        one.target,
        one.entryPrice,
        at(one.signalRow),
      ].join(' '),
    ),
  });
}

function digest({ trades, equity, fills }: FilledSimulation, { market, steps }: Known): string {
  const dated = datedTrades(trades, market, steps.day);
  const order = Array.from({ length: trades.length }, (_, i) => i);
  const columns = [...tradeColumns(dated, market.symbols, order)];
  const { quantity, price } = fills;
  return [
    digestOf(columns),
    digestOf(equityColumns(equity)),
    digestOf([
      { name: 'quantity', type: 'float64', values: quantity },
      { name: 'price', type: 'float64', values: price },
    ]),
  ].join(' ');
}
