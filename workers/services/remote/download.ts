import ky, { HTTPError } from 'ky';
import { LabError } from '../../../src/domain/errors.ts';
import { largestDataFile } from '../../../src/domain/limits.ts';
import { callable } from '../../../src/wire/egress.ts';
import { type RemotePorts, cancelled, discreet, retries } from './ports.ts';
import { Received } from './received.ts';
import { hiddenIn } from './shown.ts';
import {
  brokenOff,
  isEmpty,
  leadsElsewhere,
  network,
  refusedWith,
  saidBy,
  silent,
  unreachable,
  wrongEncoding,
} from './words.ts';

export interface Wanted {
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What must stand in no error: the other side may echo it. */
  readonly secrets?: readonly string[];
  /** Bytes at most. */
  readonly most?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (received: number, total: number | null) => void;
}

export interface Downloaded {
  readonly content: Blob;
  /** Content-Type and Content-Disposition, '' where they are not told. */
  readonly type: string;
  readonly disposition: string;
}

/** Tries after the first one where nothing was ever heard. */
const triesUnheard = 2;
const mostRedirects = 5;

/** The connection or the stream ended before the answer did. */
class Cut extends Error {
  constructor(
    cause: unknown,
    readonly isStalled: boolean,
    /** An answer had begun. */
    readonly isHeard: boolean,
  ) {
    super(causeOf(cause));
  }
}

/**
 * Fetches a file whole. What is cut or stalls is asked for again, from where it broke where the server can prove that the
 * file is still the same, else from its beginning; pauses grow, and are those that the server asks for where it does. A
 * LabError of kind 'network' names the address without its query, and what can be done.
 */
export async function download(wanted: Wanted, ports: RemotePorts): Promise<Downloaded> {
  const transfer = new Transfer(wanted, ports);
  const { signal } = wanted;
  for (;;) {
    const before = transfer.furthest;
    try {
      await ky(transfer.url, {
        fetch: () => transfer.attempt(),
        timeout: false,
        ...(signal && { signal }),
        retry: {
          ...retries(ports),
          shouldRetry: ({ error, retryCount }) =>
            error instanceof Cut
              ? error.isHeard || retryCount <= triesUnheard
              : error instanceof HTTPError
                ? undefined
                : false,
        },
      });
      return transfer.whole();
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      // As long as each round brings more, it goes on.
      if (!(error instanceof Cut) || transfer.furthest === before) throw transfer.failure(error);
    }
  }
}

class Transfer {
  url: URL;
  furthest = 0;
  readonly #received: Received;
  readonly #patience: number;
  #said = '';
  #redirects = 0;

  constructor(
    private readonly wanted: Wanted,
    private readonly ports: RemotePorts,
  ) {
    this.url = callable(wanted.address);
    this.url.hash = '';
    this.#patience = ports.patience ?? 20_000;
    this.#received = new Received(this.url, wanted.most ?? largestDataFile);
  }

  /** One call. Its answer's body has been read when this resolves; one that refuses is for the retries to judge. */
  async attempt(): Promise<Response> {
    const watch = new Watch(this.#patience, this.wanted.signal);
    let isHeard = false;
    try {
      const response = await this.#call(watch.signal);
      isHeard = true;
      watch.again();
      if (response.type === 'opaqueredirect') throw leadsElsewhere(this.url, null);
      if (response.status === 416) this.#received.clear();
      if (!response.ok) {
        this.#said = saidBy(await beginningOf(response), [
          ...(this.wanted.secrets ?? []),
          ...hiddenIn(this.url),
        ]);
        return new Response(null, response);
      }
      if (!this.#received.begin(response)) throw new Cut('Another file.', false, true);
      await this.#read(response, watch);
      return new Response();
    } catch (error) {
      if (error instanceof LabError || error instanceof Cut) throw error;
      const { encoding } = this.#received;
      if (encoding !== null && /Z_(DATA|BUF)_ERROR|header check|ERR__ERROR/.test(causeOf(error)))
        throw wrongEncoding(this.url, encoding);
      throw new Cut(error, watch.isOver, isHeard);
    } finally {
      watch.end();
    }
  }

  /** Redirects within the origin are followed where they can be seen. */
  async #call(signal: AbortSignal): Promise<Response> {
    const { fetch, isPage } = this.ports;
    const { rest } = this.#received;
    for (;;) {
      const response = await fetch(this.url.href, {
        ...discreet,
        redirect: 'manual',
        signal,
        headers: {
          ...this.wanted.headers,
          ...(rest !== null && { Range: rest.Range }),
          // A page would have to ask first; there the answer is compared alone.
          ...(rest !== null && !isPage && { 'If-Range': rest['If-Range'] }),
          ...(!isPage && { 'Accept-Encoding': 'identity', 'User-Agent': 'outsample' }),
        },
      });
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) return response;
      await response.body?.cancel();
      const target = URL.canParse(location, this.url) ? new URL(location, this.url) : null;
      if (target?.origin !== this.url.origin) throw leadsElsewhere(this.url, target);
      if (++this.#redirects > mostRedirects)
        throw network(
          this.url,
          `${this.url.origin} sends callers in a circle.`,
          'Check the address.',
        );
      this.url = target;
    }
  }

  async #read(response: Response, watch: Watch): Promise<void> {
    const received = this.#received;
    const reader = response.body?.getReader();
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      watch.again();
      received.take(part.value);
      this.furthest = Math.max(this.furthest, received.length);
      this.wanted.onBytes?.(received.length, received.total);
    }
    const { total, length } = received;
    // A browser has compared the two itself, and knows whether it unpacked.
    if (total !== null && length < total && !this.ports.isPage)
      throw new Cut('Fewer bytes than were said.', false, true);
  }

  whole(): Downloaded {
    const { length, type, disposition } = this.#received;
    if (length === 0) throw isEmpty(this.url);
    return { content: this.#received.blob(), type, disposition };
  }

  failure(error: unknown): LabError {
    if (error instanceof LabError) return error;
    const { url, ports } = this;
    if (error instanceof HTTPError) {
      const { status, headers } = error.response;
      return refusedWith(url, status, this.#said, headers.get('retry-after'));
    }
    if (!(error instanceof Cut)) return unreachable(url, ports, causeOf(error));
    const { length: received, total } = this.#received;
    const { isStalled } = error;
    if (error.isHeard) return brokenOff(url, { received, total, isStalled });
    return isStalled ? silent(url, this.#patience) : unreachable(url, ports, error.message);
  }
}

/** Aborts where nothing has come for so many milliseconds. */
class Watch {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  isOver = false;

  constructor(
    private readonly patience: number,
    outer?: AbortSignal,
  ) {
    const { signal } = this.#controller;
    this.signal = outer === undefined ? signal : AbortSignal.any([signal, outer]);
    this.again();
  }

  again(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.isOver = true;
      this.#controller.abort();
    }, this.patience);
  }

  /** Ends the call too, whatever of it is still to come. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}

/** As much of a refusal as is looked at. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const part = await reader?.read().catch(() => undefined);
  return new TextDecoder().decode(part?.value?.subarray(0, 2000));
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.message}${code}${error.cause === undefined ? '' : `: ${causeOf(error.cause)}`}`;
}
