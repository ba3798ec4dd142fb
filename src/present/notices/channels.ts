import type { Channel, ChannelSecrets, SentNotice } from '../../domain/monitoring/channels.ts';
import type { Notice } from '../../domain/monitoring/notices.ts';
import type { Alert } from '../../domain/run.ts';
import { date } from '../format.ts';
import { isoInstant } from '../times.ts';

/** What is asked for, in words. */
export const channelFields: Readonly<
  Record<Channel, { readonly title: string; readonly address: string; readonly key: string | null }>
> = {
  webhook: {
    title: 'Webhook',
    address: 'Address that takes JSON',
    key: 'Signing key (whsec_…), if it checks signatures',
  },
  slack: { title: 'Slack', address: 'Address of an incoming webhook', key: null },
  discord: { title: 'Discord', address: 'Address of a channel’s webhook', key: null },
  telegram: { title: 'Telegram', address: 'Token of a bot', key: 'Id of the chat' },
  ntfy: { title: 'ntfy', address: 'Address of a topic: https://ntfy.sh/…', key: null },
};

/** One HTTP POST. */
export interface Post {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

/** The most characters that every channel takes. */
const longest = 1500;

/**
 * What a channel is sent, as its maker documents it: Slack’s incoming webhooks, Discord’s “Execute webhook”, Telegram’s
 * `sendMessage`, ntfy’s “Publish as JSON”. Slack’s and Telegram’s are forms, which browsers may send without asking
 * first. The address must be a URL where the channel wants one.
 */
export function postOf(channel: Channel, { address, key }: ChannelSecrets, sent: SentNotice): Post {
  const { title, urgent, notice, study, version } = sent;
  const text = cut(sent.text);
  const json = (url: string, value: object): Post => ({
    url,
    contentType: 'application/json',
    body: JSON.stringify(value),
  });
  const form = (url: string, fields: Readonly<Record<string, string>>): Post => ({
    url,
    contentType: 'application/x-www-form-urlencoded',
    body: Object.entries(fields)
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .join('&'),
  });
  switch (channel) {
    case 'webhook':
      return json(address, { source: 'outsample', version, study, text, urgent, ...facts(notice) });
    case 'slack':
      return form(address, {
        payload: JSON.stringify({ text: `*${plain(title)}*\n${plain(text)}` }),
      });
    case 'discord':
      return json(address, {
        content: `**${title.replaceAll(/[*_`~|]/g, '')}**\n${text}`,
        allowed_mentions: { parse: [] },
      });
    case 'telegram':
      return form(`https://api.telegram.org/bot${address}/sendMessage`, {
        chat_id: key,
        text: `${title}\n${text}`,
      });
    case 'ntfy': {
      const [, root = address, topic = ''] = /^(.+)\/([^/?#]+)\/*$/.exec(address) ?? [];
      return json(root, {
        topic: decodeURIComponent(topic),
        title,
        message: text,
        priority: urgent ? 4 : 3,
      });
    }
  }
}

/** Slack reads these three as its own marks (api.slack.com, “Escaping text”). */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const cut = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** What a program reads. */
function facts(notice: Notice): object {
  switch (notice.kind) {
    case 'alarm':
      return factsOf(notice.alarm);
    case 'finding':
      return { kind: 'finding', finding: notice.finding.id };
    case 'done':
      return { kind: 'done', milliseconds: notice.took };
    case 'failed':
    case 'live':
    case 'test':
      return { kind: notice.kind };
  }
}

const factsOf = ({ kind, value, day, at }: Alert): object => ({
  ...{ kind, value, date: date(day) },
  ...(at !== undefined && { at: isoInstant(at, 'UTC') }),
});
