import ky, { HTTPError } from 'ky';
import { Webhook } from 'standardwebhooks';
import { LabError } from '../../../src/domain/errors.ts';
import type { Delivery } from '../../../src/domain/monitoring/channels.ts';
import { postOf } from '../../../src/present/notices/channels.ts';
import { targetOf } from '../../../src/wire/notices.ts';
import { type RemotePorts, cancelled, discreet, retries } from '../remote/ports.ts';
import { network, refusedWith, saidBy, silent, unreachable } from '../remote/words.ts';

/**
 * Sends a notice: again where the other side is busy or does not answer, after growing pauses or those that it asks for.
 * So it may arrive twice; its id says so. Errors name the origin alone: the rest of such an address is a secret.
 */
export async function deliver(
  { channel, secrets, sent, id, at }: Delivery,
  ports: RemotePorts,
  signal?: AbortSignal,
): Promise<void> {
  const { origin } = targetOf(channel, secrets);
  const { url, contentType, body } = postOf(channel, secrets, sent);
  const headers = { 'Content-Type': contentType, ...signed({ channel, secrets, id, at }, body) };
  const patience = ports.patience ?? 10_000;
  const hidden = [url, secrets.address, secrets.key, ...url.split('/').slice(3)];
  const said = (text: string): string => saidBy(text, hidden);
  let words = '';
  const attempt = async (): Promise<Response> => {
    const timeout = AbortSignal.timeout(patience);
    try {
      const response = await ports.fetch(url, {
        ...discreet,
        method: 'POST',
        redirect: ports.isPage ? 'error' : 'manual',
        headers,
        body,
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      });
      words = said((await response.text()).slice(0, 2000));
      if (response.status >= 300 && response.status < 400) throw redirected(origin);
      return new Response(null, response.ok ? {} : response);
    } catch (error) {
      if (error instanceof LabError) throw error;
      throw new Unanswered(String(error), timeout.aborted);
    }
  };
  try {
    await ky(url, {
      fetch: attempt,
      method: 'post',
      timeout: false,
      ...(signal && { signal }),
      retry: {
        ...retries(ports),
        methods: ['post'],
        shouldRetry: ({ error }) =>
          error instanceof HTTPError ? undefined : error instanceof Unanswered,
      },
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    if (error instanceof LabError) throw error;
    const place = new URL(origin);
    if (error instanceof HTTPError) {
      const { status, headers: answered } = error.response;
      throw refusedWith(place, status, words, answered.get('retry-after'));
    }
    if (error instanceof Unanswered && error.isSilent) throw silent(place, patience);
    throw unreachable(place, ports, said(error instanceof Error ? error.message : String(error)));
  }
}

/** Nothing came back. */
class Unanswered extends Error {
  constructor(
    cause: string,
    readonly isSilent: boolean,
  ) {
    super(cause);
  }
}

/** The message’s id, time and signature, as standardwebhooks.com has them; for those who gave a key. */
function signed(
  { channel, secrets, id, at }: Pick<Delivery, 'channel' | 'secrets' | 'id' | 'at'>,
  body: string,
): Record<string, string> {
  if (channel !== 'webhook' || secrets.key === '') return {};
  const signature = signer(secrets.key).sign(id, new Date(at), body);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': signature,
  };
}

function signer(key: string): Webhook {
  try {
    return new Webhook(key);
  } catch {
    throw new LabError({
      kind: 'usage',
      problem: 'This is no signing key.',
      remedy: 'Copy it whole from the receiver: whsec_ and base64.',
    });
  }
}

const redirected = (origin: string): LabError =>
  network(
    new URL(origin),
    `${origin} sends callers to another place. It was not followed.`,
    'Give the address that it leads to, if you trust it.',
  );
