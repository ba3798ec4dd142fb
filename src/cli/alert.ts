import { randomUUID } from 'node:crypto';
import { version } from '../../package.json';
import { deliver } from '../../workers/services/notices/deliver.ts';
import { LabError, describe } from '../domain/errors.ts';
import type { Channel, ChannelSecrets } from '../domain/monitoring/channels.ts';
import { type Notice, type Told, failureOf, noticesOf } from '../domain/monitoring/notices.ts';
import type { Finding } from '../domain/validation/finding.ts';
import { noticeText } from '../present/notices/words.ts';
import { errorData } from '../wire/errors.ts';
import type { RunResult } from '../wire/lab.ts';
import { targetOf } from '../wire/notices.ts';
import type { AlertOptions } from './alert-options.ts';
import type { OpenLedger } from './ledger.ts';
import { secretsOf } from './secrets.ts';
import { say } from './terminal.ts';

/** A run, and what is found in it. */
export interface Ended<T> {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  readonly answer: T;
}

/** Tells a person, by the channels that the command names, what a run calls for. */
export class Alerts {
  readonly #told = new Map<string, Told>();

  private constructor(
    private readonly ways: ReadonlyMap<Channel, ChannelSecrets>,
    private readonly ledger: OpenLedger,
  ) {}

  /** Before any work: what a channel needs and is not there is refused here. */
  static async open({ alert = [], secrets }: AlertOptions, ledger: OpenLedger): Promise<Alerts> {
    if (secrets !== undefined && alert.length === 0) throw withoutAlert();
    const secret = await secretsOf(secrets);
    const ways = new Map(
      alert.map((channel) => {
        const name = `OUTSAMPLE_${channel.toUpperCase()}`;
        const way = {
          address: secret(name),
          key: secret(channel === 'telegram' ? `${name}_CHAT` : `${name}_KEY`),
        };
        if (way.address === '') throw missing(channel, name);
        targetOf(channel, way);
        return [channel, way] as const;
      }),
    );
    return new Alerts(ways, ledger);
  }

  /** Does the work, and tells what its run calls for, or that it failed. */
  async telling<T>(study: string, work: () => Promise<Ended<T>>): Promise<T> {
    const began = performance.now();
    try {
      const { result, findings, answer } = await work();
      if (this.ways.size === 0) return answer;
      const { alerts, equity, initialCash } = result;
      const run = { alerts, equity, initialCash, findings, took: performance.now() - began };
      await this.#tell(study, noticesOf(run, await this.#before(study)));
      return answer;
    } catch (error) {
      const { kind, problem } = errorData(error);
      if (this.ways.size > 0 && kind !== 'cancelled')
        await this.#tell(study, failureOf(problem, await this.#before(study)));
      throw error;
    }
  }

  /** Tells of something that happened just now. */
  async now(study: string, notices: readonly Notice[]): Promise<void> {
    for (const notice of notices)
      await Promise.all([...this.ways].map((way) => this.#send(way, notice, study)));
  }

  async #before(study: string): Promise<Told | null> {
    return this.#told.get(study) ?? (await this.ledger.told(study));
  }

  async #tell(
    study: string,
    { notices, told }: { readonly notices: readonly Notice[]; readonly told: Told },
  ): Promise<void> {
    for (const notice of notices)
      await Promise.all([...this.ways].map((way) => this.#send(way, notice, study)));
    this.#told.set(study, told);
    await this.ledger.tell(study, told);
  }

  /** A notice that does not arrive is said, and costs the command its success, not its answer. */
  async #send(
    [channel, secrets]: readonly [Channel, ChannelSecrets],
    notice: Notice,
    study: string,
  ): Promise<void> {
    const sent = { ...noticeText(notice, study), notice, study, version };
    try {
      await deliver(
        { channel, secrets, sent, id: randomUUID(), at: Date.now() },
        { fetch: (url, init) => fetch(url, init), isPage: false, isSecurePage: false },
      );
    } catch (error) {
      say(`A notice was not sent by ${channel}: ${describe(errorData(error))}`);
      process.exitCode = 2;
    }
  }
}

const missing = (channel: Channel, name: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: `--alert ${channel} needs ${name}.`,
    remedy: 'Set it in the environment, or name a file that has it with --secrets.',
  });

const withoutAlert = (): LabError =>
  new LabError({
    kind: 'usage',
    problem: '--secrets goes with --alert only.',
    remedy: 'Add --alert slack, say, or leave it out.',
  });
