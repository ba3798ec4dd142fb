import { LabError } from '../domain/errors.ts';
import type { AccountView } from '../domain/live/alpaca-view.ts';
import type { Delivery } from '../domain/monitoring/channels.ts';
import type { Collected, Query } from '../domain/sources/source.ts';
import type { OnProgress, Reply } from './lab.ts';

/** What is known of a Parquet file before it is fetched. */
export interface Outline {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly bytes: number;
}

/** A file from an address. */
export interface RemoteFile {
  readonly name: string;
  readonly content: Blob;
  /** Where it is from, as it may be shown: without a query. */
  readonly address: string;
}

/** What a broker knows its account's owner by; kept in memory alone. */
export interface AccountKeys {
  readonly id: string;
  readonly secret: string;
}

/**
 * What the egress worker answers to. It alone may call other machines, and only origins that a person has seen and
 * confirmed; the page's own policy allows none.
 */
export interface EgressService {
  /** This origin (`https://host:port`) may be called from now on. */
  permit(origin: string): Promise<Reply<null>>;
  /** Replaces what stands at an address; resolves with the answer's status, which says that it was taken. */
  put(url: string, body: string, contentType: string): Promise<Reply<number>>;
  /** Sends a notice; see workers/services/notices/deliver.ts. */
  notify(delivery: Delivery): Promise<Reply<null>>;
  /** Reads the footer of Parquet, where the address names it and its server gives it alone. */
  look(url: string): Promise<Reply<Outline | null>>;
  /** Fetches a file; its progress is a share of its bytes, where their number is known. */
  get(url: string, onProgress: OnProgress): Promise<Reply<RemoteFile>>;
  /** Asks a source, call by call; `at` is the time now (ISO 8601, UTC). */
  collect(query: Query, at: string, onProgress: OnProgress): Promise<Reply<Collected>>;
  /** Reads a broker's account at a host: account, clock, positions and working orders. Nothing is changed there. */
  account(host: string, keys: AccountKeys): Promise<Reply<AccountView>>;
}

/** An address that may be shown, confirmed and called; a LabError of kind 'network' where it may not. */
export function callable(text: string): URL {
  const url = parsed(text);
  if (url === null)
    throw refused('This is no address.', 'Write it out: https://pushgateway.example:9091.', text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused('Only http and https addresses can be called.', 'Begin it with https://.', text);
  if (url.username !== '' || url.password !== '') {
    throw refused(
      'An address with a name or password in it is not called: it would be left in histories and logs.',
      `Write it without: ${url.origin}.`,
    );
  }
  return url;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const refused = (problem: string, remedy: string, value?: string): LabError =>
  new LabError({
    kind: 'network',
    problem,
    remedy,
    ...(value !== undefined && { place: { value: withoutSecrets(value) } }),
  });

/** A text without what addresses in it may hold besides host and path: passwords and queries. */
export const withoutSecrets = (text: string): string =>
  text.replaceAll(/(^|[\s/])[^/?#\s]*@/g, '$1').replaceAll(/([?#])\S+/g, '$1…');
