import { errorData } from '../wire/errors.ts';
import type { LabErrorData } from '../domain/errors.ts';
import type { Channel, ChannelSecrets } from '../domain/monitoring/channels.ts';
import { type Notice, type Told, noticesOf } from '../domain/monitoring/notices.ts';
import type { Finding } from '../domain/validation/finding.ts';
import { noticeText } from '../present/notices/words.ts';
import { notify } from '../wire/egress-client.ts';
import type { RunResult } from '../wire/lab.ts';
import { targetOf } from '../wire/notices.ts';
import { keep, kept } from './kept.ts';

/** A channel that a person has confirmed, and how the last notice went. */
export interface Way {
  readonly channel: Channel;
  readonly origin: string;
  readonly secrets: ChannelSecrets;
  readonly state: 'idle' | 'sending' | 'sent' | LabErrorData;
}

/** What was told of studies, by name. */
export interface ToldBook {
  read(study: string): Promise<Told | null>;
  write(study: string, told: Told): Promise<void>;
}

/** Tells a person who is not looking: in the page, by the system, by the channels of this visit. */
export class NoticesState {
  ways = $state.raw<readonly Way[]>([]);
  /** Whether the page itself shows notices, and whether the system does. */
  here = $state(kept('notices-here') === 'on');
  desktop = $state(kept('notices-desktop') === 'on');
  /** Why the system shows none. */
  desktopFault = $state('');
  /** What the page shows, the newest last. */
  shown = $state.raw<readonly { readonly id: string; readonly text: string }[]>([]);

  constructor(
    private readonly book: ToldBook,
    private readonly version: string,
  ) {}

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
    const { origin } = targetOf(channel, secrets);
    const way: Way = { channel, origin, secrets, state: 'idle' };
    this.ways = [...this.ways.filter((one) => one.channel !== channel), way];
  }

  remove(channel: Channel): void {
    this.ways = this.ways.filter((one) => one.channel !== channel);
  }

  /** Sends a test the whole way. */
  async test(channel: Channel): Promise<void> {
    await this.#send(channel, { kind: 'test' }, 'Outsample');
  }

  /** Tells what a run and its audit call for, once. */
  async watch(result: RunResult, findings: readonly Finding[]): Promise<void> {
    if (!this.on) return;
    const study = result.study.name;
    const before = await this.book.read(study).catch(() => null);
    const { alerts, equity, initialCash } = result;
    const { notices, told } = noticesOf({ alerts, equity, initialCash, findings, took: 0 }, before);
    await this.book.write(study, told).catch(() => undefined); // It may be told again.
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
    this.#mark(channel, 'sending');
    try {
      await notify({
        channel,
        secrets: way.secrets,
        sent: { ...noticeText(notice, study), notice, study, version: this.version },
        id: crypto.randomUUID(),
        at: Date.now(),
      });
      this.#mark(channel, 'sent');
    } catch (error) {
      this.#mark(channel, errorData(error));
    }
  }

  #mark(channel: Channel, state: Way['state']): void {
    this.ways = this.ways.map((one) => (one.channel === channel ? { ...one, state } : one));
  }
}
