import { expect, test } from 'vitest';
import type { Notice } from '../../../../src/domain/monitoring/notices.ts';
import type { Channel } from '../../../../src/domain/monitoring/channels.ts';
import { postOf } from '../../../../src/present/notices/channels.ts';
import { noticeText } from '../../../../src/present/notices/words.ts';

const alarm: Notice = { kind: 'alarm', alarm: { kind: 'drawdown', value: 0.1, day: 18_000 } };
const study = 'Panics & <euphorias>';

function sent(channel: Channel, address: string, notice = alarm, key = '') {
  const text = noticeText(notice, study);
  return postOf(channel, { address, key }, { ...text, notice, study, version: '1.0.0' });
}

test('each channel is sent what its maker documents', () => {
  const slack = sent('slack', 'https://hooks.slack.com/services/T/B/x');
  const form = new URLSearchParams(slack.body);
  expect(JSON.parse(form.get('payload') ?? '')).toEqual({
    text: '*Panics &amp; &lt;euphorias&gt;*\nDrawdown reached 10\u202f%. At the close of 2019-04-14, in the backtest.',
  });
  const discord = sent('discord', 'https://discord.com/api/webhooks/1/x');
  expect(JSON.parse(discord.body)).toMatchObject({
    content: expect.stringMatching(/^\*\*Panics & <euphorias>\*\*\n/) as string,
    allowed_mentions: { parse: [] },
  });
  const telegram = sent('telegram', '123:abc', alarm, '42');
  expect(telegram.url).toBe('https://api.telegram.org/bot123:abc/sendMessage');
  expect(new URLSearchParams(telegram.body).get('chat_id')).toBe('42');
  const ntfy = sent('ntfy', 'https://push.example.org/notes/my%20topic');
  expect(ntfy.url).toBe('https://push.example.org/notes');
  expect(JSON.parse(ntfy.body)).toMatchObject({ topic: 'my topic', priority: 4 });
  const webhook = sent('webhook', 'https://example.org/hook');
  expect(JSON.parse(webhook.body)).toEqual({
    source: 'outsample',
    version: '1.0.0',
    study,
    text: 'Drawdown reached 10\u202f%. At the close of 2019-04-14, in the backtest.',
    urgent: true,
    kind: 'drawdown',
    value: 0.1,
    date: '2019-04-14',
  });
});

test('a long text is cut where channels would refuse it', () => {
  const why = 'x'.repeat(5000);
  const { body } = sent('discord', 'https://discord.com/api/webhooks/1/x', { kind: 'failed', why });
  expect(body.length).toBeLessThan(2000);
});

test('an alarm of bars within days says when, on the clocks of the exchange', () => {
  const at = Date.parse('2019-04-15T14:35Z') / 1000;
  const notice: Notice = {
    kind: 'alarm',
    alarm: { kind: 'drawdown', value: 0.1, day: 18_001, at },
    clock: { seconds: 300, places: [{ exchange: 'XNYS', zone: 'America/New_York' }], placeOf: [0] },
  };
  expect(noticeText(notice, study).text).toBe(
    'Drawdown reached 10\u202f%. At 2019-04-15 10:35 in America/New_York, in the backtest.',
  );
  expect(JSON.parse(sent('webhook', 'https://example.org/hook', notice).body)).toMatchObject({
    date: '2019-04-15',
    at: '2019-04-15T14:35:00+00:00',
  });
});
