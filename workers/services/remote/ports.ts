import { LabError } from '../../../src/domain/errors.ts';

/** What a download stands on, in the page's egress worker and in the command. */
export interface RemotePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** A browser hides where a redirect leads and most headers, and asks first before it sends unusual ones. */
  readonly isPage: boolean;
  /** The page came over https, so the browser lets it call nothing over http. */
  readonly isSecurePage: boolean;
  /** Milliseconds until an answer must have begun, and between any two parts of it. */
  readonly patience?: number;
  /** Milliseconds of the first pause before another try; the next are twice as long, each cut at random. */
  readonly pause?: number;
  /** Milliseconds that a person waits at most where the server asks for a pause. */
  readonly longestRetryAfter?: number;
}

/** What is sent with every call: no cookies, no referrer, no redirect that nobody has seen. */
export const discreet: RequestInit = {
  mode: 'cors',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
};

export const cancelled = (): LabError => new LabError({ kind: 'cancelled', problem: 'Cancelled.' });

/** Tries after the first one. */
const tries = 4;
/** Milliseconds of a pause at most: of ours, and of one that the server asks for. */
const [longestPause, longestRetryAfter] = [10_000, 60_000];

/** When a call is tried again, and after which pause: the same for all that goes out. */
export const retries = (ports: Pick<RemotePorts, 'pause' | 'longestRetryAfter'>) => ({
  limit: tries,
  statusCodes: [408, 425, 429, 500, 502, 503, 504],
  afterStatusCodes: [429, 503],
  maxRetryAfter: ports.longestRetryAfter ?? longestRetryAfter,
  jitter: true, // Full: anything from 0 to the pause.
  delay: (count: number) => (ports.pause ?? 500) * (1 << (count - 1)),
  backoffLimit: longestPause,
});
