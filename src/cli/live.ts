import { LabError, describe } from '../domain/errors.ts';
import { exchangeNamed } from '../domain/exchanges/exchanges.ts';
import { isMarketOpen } from '../domain/exchanges/sessions.ts';
import type { LiveAccount, LiveEvent } from '../domain/live/account.ts';
import type { Broker } from '../domain/live/broker.ts';
import { type Drift, driftByDay, driftOfState, factsOfDay, untold } from '../domain/live/drift.ts';
import { liveGauges } from '../domain/live/gauges.ts';
import { liveSettings } from '../domain/live/gate.ts';
import type { LiveKnown } from '../domain/live/known.ts';
import { knownAt } from '../domain/live/times.ts';
import { canonicalJson, type Study } from '../domain/study/study.ts';
import { guardFacts, guardWords } from '../present/live/guard-words.ts';
import { driftDayWords } from '../present/live/drift-words.ts';
import { expositionOf } from '../present/exposition.ts';
import { errorData, unwrap } from '../wire/errors.ts';
import type { JournalService } from '../wire/journal.ts';
import type { LabService } from '../wire/lab.ts';
import { cycle } from '../../workers/services/live/cycle.ts';
import { journalBook, journalPaper } from '../../workers/services/live/journal-book.ts';
import { PaperBroker } from '../../workers/services/live/paper.ts';
import { Alerts } from './alert.ts';
import { openBroker } from './brokers/open.ts';
import { readStudy } from './files.ts';
import { journalFile, type JournalFile, unlocked } from './journal.ts';
import { onJournal } from './ledger.ts';
import { guardsOf, type HaltOptions, type LiveOptions } from './live-arguments.ts';
import { barsNow } from './live-data.ts';
import { confirm, liveAccountFor } from './live-start.ts';
import { eventWords, type Shown, lookJson, lookText, parityText } from './live-text.ts';
import { Rest } from './live-rest.ts';
import { serveMetrics } from './metrics-server.ts';
import { importAll, openLab, startLab } from './open.ts';
import { asking } from './passphrase.ts';
import { secretsOf } from './secrets.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, print, printJson, say } from './terminal.ts';

const defaultReplay = 250;

/** Trades a study, or replays stored bars through the same path. */
export async function liveCommand(path: string, options: LiveOptions): Promise<void> {
  const study = adjusted(await readStudy(path), options);
  liveSettings(study);
  if (options.replay !== undefined) {
    await replay(study, options.replay === true ? defaultReplay : options.replay, options);
    return;
  }
  const { journal, service, secret } = await opened(options);
  if (options.drift === true) {
    const remote = options.bars === 'broker' ? await reached(options, secret) : null;
    const lab = startLab(1);
    await importAll(lab, await barsNow(options, remote));
    const { tellDrift, tradedIn } = await import('./live-drift.ts');
    const live = tradedIn(unwrap(await service.lives()), study, options.broker);
    await tellDrift(study, live, { lab, journal: service }, options);
    return;
  }
  const ledger = onJournal(journal);
  const alerts = await Alerts.open(options, ledger);
  const trading = new Trading(study, options, service, alerts);
  const remote = options.broker === 'paper' ? null : await reached(options, secret);
  await trading.run(remote, (starting) => liveAccountFor({ ...starting, ledger }));
}

/** The journal that live trading needs, and the keys that it or the environment has. */
async function opened(options: LiveOptions | HaltOptions): Promise<{
  readonly journal: JournalFile;
  readonly service: JournalService;
  readonly secret: (name: string) => string;
}> {
  if (options.journal === undefined)
    throw new LabError({
      kind: 'usage',
      problem: 'Live trading writes every order down before it is sent, and has no file for that.',
      remedy: 'Name one with --journal; outsample journal encrypt makes one that may hold keys.',
    });
  const journal = await journalFile(options.journal, '--journal');
  await unlocked(journal, options.journal, asking(options.passphraseFd));
  const kept = await journal.kept(journal.service.secrets());
  const given = await secretsOf(options.secrets);
  return { journal, service: journal.service, secret: (name) => kept[name] ?? given(name) };
}

const reached = (
  { broker, real, currency }: LiveOptions | HaltOptions,
  secret: (name: string) => string,
): Promise<Broker> => openBroker({ id: broker, isReal: real === true, currency, secret });

async function replay(study: Study, steps: number, options: LiveOptions): Promise<void> {
  const { lab } = await openLab(options);
  const parity = unwrap(await lab.liveParity(study, steps, onProgress));
  clearProgress();
  if (options.json) printJson(parity);
  else print(parityText(parity));
  if (parity.differing > 0 || parity.digests.paper !== parity.digests.backtest)
    process.exitCode = 3;
}

type Begin = (
  starting: Omit<Parameters<typeof liveAccountFor>[0], 'ledger'>,
) => Promise<LiveAccount>;

/** A study while it is traded: looks again and again, until it is told to end. */
class Trading {
  readonly #lab: LabService;
  #newest: LiveKnown | null = null;

  constructor(
    readonly study: Study,
    readonly options: LiveOptions,
    readonly journal: JournalService,
    readonly alerts: Alerts,
  ) {
    this.#lab = startLab(1);
  }

  async run(remote: Broker | null, begin: Begin): Promise<void> {
    const { options, journal, study } = this;
    await this.#refresh(remote);
    const lab = this.#lab;
    const paper = { id: 'paper', isReal: false, ...paperAccount(study) };
    const account = remote === null ? paper.account : await remote.account();
    await confirm(remote ?? paper, account, options);
    const live = await begin({ study, lab, journal, broker: remote ?? paper, account, options });
    const broker = remote ?? this.#paperBroker(live);
    if (options.resume === true) await this.#note(live, 'resumed', 'Trading goes on.');
    await this.#noteGuards(live);
    await this.#loop(broker, live);
  }

  #paperBroker(live: LiveAccount): Broker {
    return new PaperBroker(
      journalPaper(this.journal, live.id),
      () => this.#newest!.known,
      () => nowInSeconds(),
    );
  }

  async #loop(broker: Broker, live: LiveAccount): Promise<void> {
    const { options } = this;
    const stopping = new AbortController();
    const stop = (): void => {
      stopping.abort();
    };
    for (const signal of signals) process.on(signal, stop);
    const server =
      options.port === undefined ? null : await serveMetrics(options.port, '127.0.0.1');
    if (server !== null) say(`Serving ${server.url}.`);
    const quiet = options.once === true || options.send !== true;
    const rest = new Rest(quiet ? {} : broker, stopping.signal, (why) => {
      say(`The broker tells no changes: ${describe(errorData(why))} It is asked all the same.`);
    });
    try {
      for (let isFirst = true; !stopping.signal.aborted; isFirst = false) {
        const text = await this.#look(broker, live, isFirst);
        if (text !== null) server?.show(await expositionOf(text));
        if (options.once === true) return;
        await rest.take(options.every);
      }
      say('Stopped. Orders that work are still with the broker; outsample halt cancels them.');
    } finally {
      for (const signal of signals) process.off(signal, stop);
      await server?.close();
    }
  }

  /** One look at data and broker; what goes wrong in it is told, and tried again at the next. */
  async #look(broker: Broker, live: LiveAccount, isFirst: boolean) {
    const { options, journal, study } = this;
    try {
      const before = unwrap(await journal.live(live.id)).events.length;
      await this.#refresh(broker.id === 'paper' ? null : broker);
      const newest = unwrap(await this.#lab.known(study, live.startedAt, live.equity, onProgress));
      clearProgress();
      this.#newest = newest;
      const now = nowInSeconds();
      const report = await cycle({
        broker,
        book: journalBook(journal, live.id),
        known: newest.known,
        next: newest.next,
        guards: guardsOf(options),
        now,
        isOpen: openBy(newest, now),
        isDry: broker.id !== 'paper' && options.send !== true,
      });
      const drift = driftOfState(report.state, newest.known);
      const notes = await this.#noteDrift(live, drift, { report, newest, now });
      await this.#tell([...report.state.events.slice(before), ...notes]);
      const account = await broker.account();
      const shown = { report, newest, now, equity: account.equity, cash: account.cash };
      if (options.json) printJson(lookJson(shown));
      else print([...lookText(shown, isFirst), ...notes.map((note) => `  ${eventWords(note)}`)]);
      return this.#gauges(shown, drift);
    } catch (error) {
      clearProgress();
      if (options.once === true) throw error;
      const why = describe(errorData(error));
      say(`This look failed, and is tried again: ${why}`);
      await this.alerts.now(this.study.name, [{ kind: 'failed', why }]);
      return null;
    }
  }

  /** Tells of each session that is over, once, how its fills were beside the simulator's. */
  async #noteDrift(
    live: LiveAccount,
    drift: Drift,
    { report, newest, now }: Pick<Shown, 'report' | 'newest' | 'now'>,
  ): Promise<readonly LiveEvent[]> {
    const days = untold(driftByDay(drift), report.state.events, newest.next.day);
    const notes = days.map((day): LiveEvent => {
      return { at: now, kind: 'drift', text: driftDayWords(day), facts: factsOfDay(day) };
    });
    for (const event of notes) unwrap(await this.journal.writeLive(live.id, { event }));
    return notes;
  }

  #gauges({ report, newest, now, equity, cash }: Shown, drift: Drift) {
    const { state, decision } = report;
    const { known } = newest;
    return liveGauges({
      study: this.study.name,
      state,
      equity,
      cash,
      positions: decision.standing.positions.length,
      drift,
      knownAt: knownAt(known.steps, known.steps.day.length - 1),
      now,
    });
  }

  async #refresh(broker: Broker | null): Promise<void> {
    await importAll(this.#lab, await barsNow(this.options, broker));
    clearProgress();
  }

  async #tell(events: readonly LiveEvent[]): Promise<void> {
    await this.alerts.now(
      this.study.name,
      events
        .filter(({ kind }) => kind !== 'equity' && kind !== 'started')
        .map((event) => {
          const urgent = event.kind !== 'resumed' && event.kind !== 'drift';
          return { kind: 'live', text: eventWords(event), urgent } as const;
        }),
    );
  }

  /** Writes down which guards hold, where they are others than before. */
  async #noteGuards(live: LiveAccount): Promise<void> {
    const facts = guardFacts(guardsOf(this.options));
    const { events } = unwrap(await this.journal.live(live.id));
    const before = events.findLast(({ kind }) => kind === 'guards')?.facts;
    if (before !== undefined && canonicalJson(before) === canonicalJson(facts)) return;
    const guards = guardWords(facts).map(({ label, words }) => `${label} ${words}`);
    await this.#note(live, 'guards', `${guards.join('; ')}.`, facts);
  }

  async #note(
    live: LiveAccount,
    kind: LiveEvent['kind'],
    text: string,
    facts: LiveEvent['facts'] = {},
  ): Promise<void> {
    const event = { at: nowInSeconds(), kind, text, facts };
    unwrap(await this.journal.writeLive(live.id, { event }));
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** The paper account before it has traded. */
const paperAccount = ({ risk: { initialCash } }: Study) => ({
  account: {
    number: 'paper',
    currency: '',
    equity: initialCash,
    cash: initialCash,
    buyingPower: initialCash,
    blocked: null,
  },
});

function openBy({ exchanges }: LiveKnown, now: number): boolean | null {
  const code = exchanges.length === 1 ? exchangeNamed(exchanges[0]!) : null;
  return code === null ? null : isMarketOpen(code, now);
}

/** Stops everything that the journal trades at a broker. */
export async function haltCommand(options: HaltOptions): Promise<void> {
  const { service, secret } = await opened(options);
  const lives = unwrap(await service.lives()).filter(({ broker }) => broker === options.broker);
  if (lives.length === 0)
    throw new LabError({
      kind: 'usage',
      problem: 'The journal trades nothing at this broker.',
      remedy: 'Name another journal, or the broker with --broker.',
      place: { value: options.broker },
    });
  const { halt } = await import('./halt.ts');
  const broker = options.broker === 'paper' ? null : await reached(options, secret);
  for (const live of lives) print(await halt(live, service, broker, options));
}
