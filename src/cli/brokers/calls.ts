import { AsyncLocalStorage } from 'node:async_hooks';
import ky, { HTTPError } from 'ky';
import PQueue from 'p-queue';
import { retries } from '../../../workers/services/remote/ports.ts';
import { saidBy } from '../../../workers/services/remote/words.ts';
import { BrokerFailure } from '../../domain/live/broker.ts';
import { type Effect, Unreadable, type Words, wordsOf } from './words.ts';

export interface CallLimits {
  /** Milliseconds until a call must have been answered, whole; waits in line do not count. */
  readonly patience?: number;
  /** Milliseconds of the first pause before a question is asked again. */
  readonly pause?: number;
  /** Calls that begin within so many seconds at most. */
  readonly pace?: { readonly calls: number; readonly seconds: number };
}

/** An error of the broker's client, put into words; null where it is none of its own. */
export type Reader = (error: unknown, effect: Effect, calls: Calls) => BrokerFailure | null;

/**
 * How brokers are called: their clients send by `fetch`, which keeps the pace and the patience and tells what surely had
 * no effect from what may have had one. Questions are asked again, an order is sent once. Nothing that fails holds a key.
 */
export class Calls {
  readonly words: Words;
  /** What a call that fails under way leaves open. */
  readonly #effect = new AsyncLocalStorage<Effect>();
  readonly #line: PQueue;
  readonly #patience: number;

  constructor(
    title: string,
    private readonly secrets: readonly string[],
    private readonly limits: CallLimits,
    private readonly read: Reader,
  ) {
    this.words = wordsOf(title);
    this.#patience = limits.patience ?? 10_000;
    const { pace } = limits;
    this.#line = new PQueue(
      pace && { intervalCap: pace.calls, interval: pace.seconds * 1000, strict: true },
    );
  }

  /** Asks, and again after growing pauses, or those the broker wants, while it is not there or busy. */
  async question<T>(call: () => Promise<T>): Promise<T> {
    let answer: { readonly value: T } | undefined;
    let failure: unknown;
    // What ky judges is the status that it is told here; it sends nothing itself.
    const attempt = async (): Promise<Response> => {
      try {
        answer = { value: await this.#once('not-sent', call) };
        return new Response();
      } catch (error) {
        if (!(error instanceof BrokerFailure && error.passes)) throw error;
        failure = error;
        const { after } = error;
        const headers = after === null ? {} : { 'Retry-After': String(after) };
        return new Response(null, { status: 503, headers });
      }
    };
    try {
      await ky('http://question.invalid', {
        fetch: attempt,
        timeout: false,
        retry: {
          ...retries(this.limits),
          shouldRetry: ({ error }) => (error instanceof HTTPError ? undefined : false),
        },
      });
    } catch (error) {
      throw error instanceof HTTPError ? failure : error;
    }
    return answer!.value;
  }

  /** Sends once, whatever becomes of it. */
  order<T>(call: () => Promise<T>): Promise<T> {
    return this.#once('unknown', call);
  }

  /** What the broker says, without keys. */
  readonly said = (text: string): string => saidBy(text, this.secrets);

  async #once<T>(effect: Effect, call: () => Promise<T>): Promise<T> {
    try {
      return await this.#effect.run(effect, call);
    } catch (error) {
      throw this.#failure(error, effect);
    }
  }

  #failure(error: unknown, effect: Effect): Error {
    // A client may wrap what `fetch` threw.
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      if (at instanceof BrokerFailure) return at;
    if (error instanceof Unreadable) return this.words.unreadable(effect, this.said(error.message));
    return (
      this.read(error, effect, this) ??
      this.words.unreadable(effect, this.said(error instanceof Error ? error.message : 'nothing'))
    );
  }

  /** What clients call by. An answer that comes back is read whole, and is JSON where it is no refusal. */
  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const effect = this.#effect.getStore() ?? 'unknown';
    // Orders go before questions.
    const priority = effect === 'unknown' ? 1 : 0;
    return await this.#line.add(() => this.#send(url, init, effect), { priority });
  };

  async #send(url: string, init: RequestInit, effect: Effect): Promise<Response> {
    const signal = AbortSignal.timeout(this.#patience);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { ...init, redirect: 'manual', signal });
      text = await response.text();
    } catch (error) {
      if (signal.aborted) throw this.words.silent(effect, this.#patience / 1000);
      const code = codeOf(error);
      throw isBeforeSending(error) ? this.words.unreachable(code) : this.words.cut(effect, code);
    }
    const { status, statusText, headers } = response;
    const failure = this.#judged(response, text, effect);
    if (failure !== null) throw failure;
    return new Response(status === 204 ? null : text, { status, statusText, headers });
  }

  #judged({ status, headers }: Response, text: string, effect: Effect): BrokerFailure | null {
    const after = waitOf(headers.get('Retry-After'));
    if (status === 429 || status === 418)
      return this.words.tooOften(after ?? resetOf(headers.get('X-RateLimit-Reset')));
    if (status === 401) return this.words.locked();
    if (status >= 500 || status === 408) return this.words.faulty(effect, status, after);
    if (status >= 300 && status < 400) return this.words.elsewhere(effect);
    if (status < 300 && text !== '' && !isJson(text))
      return this.words.unreadable(effect, 'no JSON');
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whole seconds that the other side wants to be left alone: a number, or a date; null where it does not say. */
function waitOf(after: string | null): number | null {
  if (after === null) return null;
  return /^\d+$/.test(after) ? Number(after) : secondsUntil(Date.parse(after));
}

/** The same, told as the second since 1970 at which calls are free again. */
const resetOf = (reset: string | null): number | null =>
  reset === null ? null : secondsUntil(Number(reset) * 1000);

const secondsUntil = (milliseconds: number): number | null =>
  Number.isFinite(milliseconds) ? Math.max(0, Math.ceil((milliseconds - Date.now()) / 1000)) : null;

interface Coded extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly errors?: readonly Coded[];
}

/** The innermost errors: `fetch` wraps them, and has several where a name has several addresses. */
function roots(error: unknown): readonly Coded[] {
  if (!(error instanceof Error)) return [];
  const { errors, cause } = error as Coded;
  if (errors !== undefined) return errors.flatMap(roots);
  return cause instanceof Error ? roots(cause) : [error];
}

const codeOf = (error: unknown): string => roots(error)[0]?.code ?? 'no code';

/** A failed name, connection or certificate: the request was not written yet. A reset is not among these. */
const isBeforeSending = (error: unknown): boolean =>
  roots(error).length > 0 &&
  roots(error).every(
    ({ code = '', syscall = '' }) =>
      ['connect', 'getaddrinfo'].includes(syscall) ||
      /^(UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_CERT|(DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_)/.test(
        code,
      ),
  );
