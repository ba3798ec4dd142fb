import { errorData } from '../wire/errors.ts';
import type { LabErrorData } from '../domain/errors.ts';
import { type Channel, type ChannelSecrets, channels } from '../domain/monitoring/channels.ts';
import { type Notice, noticesOf } from '../domain/monitoring/notices.ts';
import type { Finding } from '../domain/validation/finding.ts';
import { noticeText } from '../present/notices/words.ts';
import { engineVersion } from '../domain/version.ts';
import { notify } from '../wire/egress-client.ts';
import type { RunResult } from '../wire/lab.ts';
import { targetOf } from '../wire/notices.ts';
import type { HistoryState } from './history.svelte.ts';
import { keep, kept } from './kept.ts';

/** A channel that a person has confirmed, and how the last notice went. */
export interface Way {
  readonly channel: Channel;
  readonly origin: string;
  readonly secrets: ChannelSecrets;
  /** In the encrypted history; else for this visit alone. */
  readonly kept: boolean;
  readonly state: 'idle' | 'sending' | 'sent' | LabErrorData;
}

/** What a channel's secrets are called in the journal. */
const prefix = 'notice:';

/**
 * Tells a person who is not looking: in the page, by the system, by channels. Where the history is encrypted it keeps their
 * addresses, else they last for this visit.
 */
export class NoticesState {
  ways = $state.raw<readonly Way[]>([]);
  /** Whether the page itself shows notices, and whether the system does. */
  here = $state(kept('notices-here') === 'on');
  desktop = $state(kept('notices-desktop') === 'on');
  /** Why the system shows none. */
  desktopFault = $state('');
  /** What the page shows, the newest last. */
  shown = $state.raw<readonly { readonly id: string; readonly text: string }[]>([]);

  #seen: { readonly result: RunResult; readonly levels: string } | null = null;
  #watching: Promise<void> = Promise.resolve();

  constructor(private readonly history: HistoryState) {}

  /** Something is to be told to somebody. */
  get on(): boolean {
    return this.here || this.desktop || this.ways.length > 0;
  }

  chooseHere(on: boolean): void {
    this.here = on;
    keep('notices-here', on ? 'on' : '');
  }

  /** Asks the person by the browser's own means; what they refuse stays off. */
  async chooseDesktop(on: boolean): Promise<void> {
    this.desktopFault = '';
    const leave = !on
      ? 'off'
      : 'Notification' in globalThis
        ? await Notification.requestPermission()
        : 'none';
    this.desktop = leave === 'granted';
    if (on && !this.desktop)
      this.desktopFault =
        leave === 'none'
          ? 'This browser shows no notifications for pages.'
          : 'The browser was told not to show them: allow notifications for this page in its settings.';
    keep('notices-desktop', this.desktop ? 'on' : '');
  }

  /** Works out what would be called, and calls nothing. */
  look(
    channel: Channel,
    secrets: ChannelSecrets,
  ): { readonly origin: string | null; readonly fault: LabErrorData | null } {
    try {
      return { origin: targetOf(channel, secrets).origin, fault: null };
    } catch (error) {
      return { origin: null, fault: errorData(error) };
    }
  }

  /** Takes a channel whose origin a person has confirmed, in place of what it was before. */
  add(channel: Channel, secrets: ChannelSecrets): void {
    this.#put(channel, secrets, false);
    void this.#keep(channel, JSON.stringify(secrets)).then((kept) => this.#mark(channel, { kept }));
  }

  remove(channel: Channel): void {
    this.ways = this.ways.filter((one) => one.channel !== channel);
    void this.#keep(channel, null);
  }

  /** Whether the history keeps what is added now. */
  get keeps(): boolean {
    return this.history.status?.encrypted === true;
  }

  /** A history that is locked takes its channels with it, one that is opened brings them. */
  async follow(): Promise<void> {
    if (this.history.locked) this.ways = this.ways.filter(({ kept }) => !kept);
    else await this.restore();
  }

  /** Brings back the channels that the history keeps, if it is open. */
  async restore(): Promise<void> {
    const secrets = await this.history.journal.call('secrets').catch(() => ({}));
    for (const [name, value] of Object.entries(secrets)) {
      const channel = channels.find((one) => name === prefix + one);
      if (channel === undefined || this.ways.some((way) => way.channel === channel)) continue;
      this.#put(channel, JSON.parse(value) as ChannelSecrets, true);
    }
  }

  #put(channel: Channel, secrets: ChannelSecrets, kept: boolean): void {
    const { origin } = targetOf(channel, secrets);
    const way: Way = { channel, origin, secrets, kept, state: 'idle' };
    this.ways = [...this.ways.filter((one) => one.channel !== channel), way];
  }

  /** Whether the history has taken it. */
  #keep(channel: Channel, value: string | null): Promise<boolean> {
    return this.history.journal.call('keepSecret', prefix + channel, value).then(
      () => value !== null,
      () => false,
    );
  }

  /** Sends a test the whole way. */
  async test(channel: Channel): Promise<void> {
    await this.#send(channel, { kind: 'test' }, 'Outsample');
  }

  /** Tells what a run and its audit call for, once; `findings` are empty where nothing was examined. */
  watch(result: RunResult, findings: readonly Finding[]): Promise<void> {
    const levels = findings.map(({ id, level }) => `${id} ${level}`).join();
    if (this.#seen?.result === result && this.#seen.levels === levels) return this.#watching;
    this.#seen = { result, levels };
    // One after another: what one tells the next one knows.
    this.#watching = this.#watching.then(() => this.#watch(result, findings));
    return this.#watching;
  }

  async #watch(result: RunResult, findings: readonly Finding[]): Promise<void> {
    await this.restore();
    if (!this.on) return;
    const study = result.study.name;
    const before = await this.history.journal.call('told', study).catch(() => null);
    const { notices, told } = noticesOf({ ...result, findings, took: 0 }, before);
    await this.history.journal.call('tell', study, told).catch(() => undefined); // It may be told again.
    await Promise.all(notices.map((notice) => this.tell(notice, study)));
  }

  async tell(notice: Notice, study: string): Promise<void> {
    if (!this.on) return;
    const { title, text } = noticeText(notice, study);
    const id = crypto.randomUUID();
    if (this.here) this.shown = [...this.shown, { id, text: `${title}: ${text}` }];
    if (this.desktop) this.#show(title, text);
    await Promise.all(this.ways.map(({ channel }) => this.#send(channel, notice, study)));
  }

  #show(title: string, body: string): void {
    try {
      new Notification(title, { body });
    } catch {
      this.desktop = false; // Phones let only service workers show them.
      this.desktopFault = 'This browser does not let the page show notifications.';
    }
  }

  async #send(channel: Channel, notice: Notice, study: string): Promise<void> {
    const way = this.ways.find((one) => one.channel === channel);
    if (way === undefined) return;
    this.#mark(channel, { state: 'sending' });
    try {
      await notify({
        channel,
        secrets: way.secrets,
        sent: { ...noticeText(notice, study), notice, study, version: engineVersion },
        id: crypto.randomUUID(),
        at: Date.now(),
      });
      this.#mark(channel, { state: 'sent' });
    } catch (error) {
      this.#mark(channel, { state: errorData(error) });
    }
  }

  #mark(channel: Channel, now: Partial<Way>): void {
    this.ways = this.ways.map((one) => (one.channel === channel ? { ...one, ...now } : one));
  }
}
