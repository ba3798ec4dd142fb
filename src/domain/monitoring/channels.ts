import type { Notice } from './notices.ts';

/** Ways to a person who is not looking at the page. */
export const channels = ['webhook', 'slack', 'discord', 'telegram', 'ntfy'] as const;
export type Channel = (typeof channels)[number];

/** Where a channel sends to; all of it is secret: whoever has it can write there, or read. */
export interface ChannelSecrets {
  /** Telegram: the bot’s token. All others: the address. */
  readonly address: string;
  /** Telegram: the chat’s id. Webhook: the key that messages are signed with; empty for none. */
  readonly key: string;
}

/** A notice as it is read: a line that says which study, and sentences. */
export interface NoticeText {
  readonly title: string;
  readonly text: string;
  /** Whether something may have to be done. */
  readonly urgent: boolean;
}

export interface SentNotice extends NoticeText {
  readonly notice: Notice;
  readonly study: string;
  /** Version of Outsample. */
  readonly version: string;
}

/** One notice on one channel. */
export interface Delivery {
  readonly channel: Channel;
  readonly secrets: ChannelSecrets;
  readonly sent: SentNotice;
  /** Tells a receiver that gets it twice that it is the same. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
