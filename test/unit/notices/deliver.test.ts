import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test } from 'vitest';
import type { LabErrorData } from '../../../src/domain/errors.ts';
import { type Channel, channels } from '../../../src/domain/monitoring/channels.ts';
import { noticeText } from '../../../src/present/notices/words.ts';
import { targetOf } from '../../../src/wire/notices.ts';
import { deliver } from '../../../workers/services/notices/deliver.ts';
import { type Server, errorOf, ports, serve } from '../remote/server.ts';

const key = `whsec_${Buffer.from('a key of thirty-two characters!!').toString('base64')}`;
const notice = { kind: 'test' } as const;
const at = Date.UTC(2026, 10, 29);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Answers with these, one after another, the last again and again; `stall` never answers. */
async function receiver(...answers: readonly (number | 'stall' | 'cut')[]) {
  const bodies: string[] = [];
  const server = await serve((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)]!;
      bodies.push(body);
      if (answer === 'stall') return;
      if (answer === 'cut') return void response.destroy();
      // It gives away what it was called with.
      const headers = {
        ...(answer === 429 && { 'Retry-After': '0' }),
        ...(answer === 302 && { Location: 'https://elsewhere.example/' }),
      };
      response
        .writeHead(answer, headers)
        .end(`No: ${request.url} ${String(request.headers['webhook-signature'])}`);
    });
  });
  ends.push(() => server.close());
  return { server, bodies };
}

const secretsOf = (channel: Channel, { origin }: Server) => ({
  address:
    channel === 'telegram' ? '123456:the-token-of-a-bot' : `${origin}/services/T0/the-secret-path`,
  key: { telegram: '42', webhook: key }[channel as string] ?? '',
});
const sentOf = (channel: Channel, server: Server, study = 'Harvester') =>
  deliver(
    {
      channel,
      secrets: secretsOf(channel, server),
      sent: { ...noticeText(notice, study), notice, study, version: '1.0.0' },
      id: 'msg_1',
      at,
    },
    {
      ...ports,
      patience: 200,
      fetch: (url, init) => fetch(url.replace('https://api.telegram.org', server.origin), init),
    },
  );

test.each(channels)(
  '%s: tried again while the other side is busy, cut off or silent',
  async (channel) => {
    const { server, bodies } = await receiver(500, 429, 'stall', 'cut', 200);
    await sentOf(channel, server);
    expect(bodies).toHaveLength(5);
    expect(new Set(bodies).size).toBe(1);
    expect(decodeURIComponent(bodies[0]!)).toContain('notices of Outsample arrive here');
  },
);

test('a webhook is signed so that a receiver’s own library takes it, and no altered one', async () => {
  const { server, bodies } = await receiver(200);
  await sentOf('webhook', server);
  const { headers } = server.asked[0]!;
  const told = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
  const fresh = new Webhook(key).sign('msg_1', new Date(at), bodies[0]!);
  expect(told['webhook-signature']).toBe(fresh);
  expect(told['webhook-timestamp']).toBe(String(at / 1000));
  expect(new Webhook(key).sign('msg_1', new Date(at), `${bodies[0]!} `)).not.toBe(fresh);
});

test.each(channels)('%s: what fails says so without the secret', async (channel) => {
  const answers = [[403], [404], [302], [500], ['stall'], ['cut']] as const;
  const problems: string[] = [];
  for (const each of answers) {
    const { server } = await receiver(...each);
    const error: LabErrorData = await errorOf(sentOf(channel, server));
    expect(error.remedy).not.toBe('');
    const said = JSON.stringify(error);
    for (const secret of ['the-secret-path', 'the-token', key.slice(6)])
      expect(said).not.toContain(secret);
    problems.push(error.problem.replace(/https?:\/\/[\w.:]+/, 'It'));
  }
  expect(problems).toEqual([
    'It does not give this to the caller (status 403).',
    'There is nothing at this address (status 404).',
    'It sends callers to another place. It was not followed.',
    'It has trouble of its own (status 500).',
    'It did not answer within 0.2 seconds.',
    expect.stringMatching(/^It could not be called/),
  ]);
});

test('what is no address, token, chat, topic or key is refused before anything is sent', async () => {
  const wrong: readonly [Channel, string, string][] = [
    ['slack', 'hooks.slack.com/services/x', ''],
    ['discord', 'ftp://discord.com/api', ''],
    ['telegram', 'no token', '42'],
    ['telegram', '123456:the-token-of-a-bot', 'Me'],
    ['ntfy', 'https://ntfy.sh/', ''],
  ];
  for (const [channel, address, chat] of wrong)
    expect(() => targetOf(channel, { address, key: chat })).toThrow(/This is no|is missing/);
  const { server } = await receiver(200);
  const error = await errorOf(
    deliver(
      {
        channel: 'webhook',
        secrets: { address: server.origin, key: 'whsec_§' },
        sent: { ...noticeText(notice, 'S'), notice, study: 'S', version: '1' },
        ...{ id: 'msg_1', at },
      },
      ports,
    ),
  );
  expect(error.problem).toBe('This is no signing key.');
  expect(server.asked).toEqual([]);
});
