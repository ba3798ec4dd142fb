import type { Exchange } from 'ccxt';

/** What an exchange does with an order of ours, which ccxt does not say: read in its source and in the exchange's documents. */
interface Habits {
  /** It finds an order by our id, so that a call that broke off can be cleared up. */
  readonly findsOurId: boolean;
  /** A stop is an order like others; elsewhere it is a plan, with an id and a list of its own. */
  readonly hasPlainStops: boolean;
}

const habits: Readonly<Record<string, Habits>> = {
  binance: { findsOurId: true, hasPlainStops: true },
  binanceus: { findsOurId: true, hasPlainStops: true },
  bitget: { findsOurId: true, hasPlainStops: false },
  bitstamp: { findsOurId: true, hasPlainStops: false },
  okx: { findsOurId: true, hasPlainStops: false },
};

export const habitsOf = (exchange: string): Habits =>
  habits[exchange] ?? { findsOurId: false, hasPlainStops: false };

/** Those that real money may be traded on. */
export const trusted: readonly string[] = Object.keys(habits);

/** Whether there is a place to try it: ccxt takes the absence of one for a place without addresses. */
export function enterSandbox(exchange: Exchange): boolean {
  try {
    exchange.setSandboxMode(true);
  } catch {
    return false;
  }
  const { api } = exchange.urls as { readonly api?: unknown };
  return typeof api === 'object' && api !== null && Object.keys(api).length > 0;
}

/** Sends an exchange's calls to another origin, whatever the path. */
export function redirect(exchange: Exchange, origin: string): void {
  const urls = exchange.urls as { api: Record<string, unknown> };
  const moved = (url: unknown): unknown =>
    typeof url === 'string'
      ? origin + new URL(exchange.implodeParams(url, { hostname: exchange.hostname })).pathname
      : url;
  urls.api = Object.fromEntries(Object.entries(urls.api).map(([name, url]) => [name, moved(url)]));
}
