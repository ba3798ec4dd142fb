import { LabError } from '../../../src/domain/errors.ts';
import { withoutSecrets } from '../../../src/wire/egress.ts';
import type { RemotePorts } from './ports.ts';
import { shownPlace } from './shown.ts';

/** Characters of a refusal that are passed on. */
const quoted = 200;

/** Where something went wrong: host and path as far as it may be shown, never a query, which may hold a key. */
const placeOf = (url: URL, value?: string) => ({
  place: { file: shownPlace(url), ...(value !== undefined && value !== '' && { value }) },
});

/** Texts without these secrets, as they are or as an address writes them. */
const without = (secrets: readonly string[], text: string): string =>
  secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), btoaOf(secret)])
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

const btoaOf = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '');

/** What the other side says of itself, as far as it may be shown. */
export const saidBy = (text: string, secrets: readonly string[]): string =>
  withoutSecrets(without(secrets, text)).replaceAll(/\s+/g, ' ').trim().slice(0, quoted);

export const network = (
  url: URL,
  problem: string,
  remedy: string,
  more: { readonly value?: string; readonly cause?: string } = {},
): LabError =>
  new LabError({
    kind: 'network',
    problem,
    remedy,
    ...placeOf(url, more.value),
    ...(more.cause !== undefined && { cause: withoutSecrets(more.cause) }),
  });

/** An answer that is none: what its status says, and what can be done. */
export function refusedWith(url: URL, status: number, said: string, retryAfter: string | null) {
  const { origin } = url;
  const [problem, remedy] = statusWords(origin, status, retryAfter);
  return network(url, problem, remedy, { value: said });
}

function statusWords(
  origin: string,
  status: number,
  retryAfter: string | null,
): readonly [string, string] {
  const code = `(status ${status})`;
  if (status === 401 || status === 407)
    return [
      `${origin} asks who is calling ${code}.`,
      'Give the key where the source takes one, or save the file in a browser that is logged in and choose it.',
    ];
  if (status === 403)
    return [
      `${origin} does not give this to the caller ${code}.`,
      'Check that the address or the key may be used for it, or save the file by hand and choose it.',
    ];
  if (status === 404)
    return [`There is nothing at this address ${code}.`, 'Check the address, letter by letter.'];
  if (status === 410)
    return [`What was at this address is gone for good ${code}.`, 'Look for its new address.'];
  if (status === 429)
    return [
      `${origin} was called too often ${code}.`,
      retryAfter === null
        ? 'Wait a few minutes, then try again.'
        : `Wait as long as it asks (${waitOf(retryAfter)}), then try again.`,
    ];
  if (status >= 500)
    return [`${origin} has trouble of its own ${code}.`, 'Try again later; nothing here is wrong.'];
  return [
    `${origin} refused it with status ${status}.`,
    'Check the address and what the other side says.',
  ];
}

const waitOf = (retryAfter: string): string =>
  /^\d+$/.test(retryAfter) ? `${retryAfter} seconds` : `until ${saidBy(retryAfter, [])}`;

export const isWebPage = (url: URL): LabError =>
  network(
    url,
    'This is a web page, no file of data: a page to log in, or one that says that something is wrong.',
    'Open the address in a browser; what it downloads there has the address that is wanted here, or is the file to choose.',
  );

export const isEmpty = (url: URL): LabError =>
  network(
    url,
    'The answer is empty.',
    'Check the address, and for a source its symbols and its dates.',
  );

export const isTooLarge = (url: URL, most: number): LabError =>
  network(
    url,
    `This has more than ${most} bytes, which is the most that is read of it.`,
    'Check that it is the right file, or cut it into several.',
  );

/** Where it leads is known to the command alone: browsers hide it. */
export const leadsElsewhere = (url: URL, target: URL | null): LabError =>
  target === null
    ? network(
        url,
        `${url.origin} sends callers to another address, which the browser does not tell the page.`,
        'Open the address in a browser, copy the one that it ends at, and give that.',
      )
    : network(
        url,
        `${url.origin} sends callers to another place: ${target.origin}. It was not followed.`,
        `If you trust ${target.origin}, give the address that it leads to: ${shownPlace(target)}.`,
      );

export const wrongEncoding = (url: URL, encoding: string): LabError =>
  network(
    url,
    `The answer says that it is packed as ${encoding}, and is not.`,
    'The other side is at fault; save the file by other means and choose it.',
  );

/** Nothing came at all. Browsers don't tell a page which of these it was. */
export function unreachable(url: URL, { isPage, isSecurePage }: RemotePorts, cause: string) {
  const { origin, protocol } = url;
  if (isPage && isSecurePage && protocol === 'http:')
    return network(
      url,
      `The browser did not call ${origin}: a page that came over https may not call plain http.`,
      'Use an https address, or fetch it with the command: outsample fetch.',
      { cause },
    );
  if (isPage)
    return network(
      url,
      `The browser could not call ${origin}: nothing listens there, or it does not allow pages to call it (CORS). Browsers do not tell a page which.`,
      'The command needs no such leave: outsample fetch and the address writes the file, to be chosen here.',
      { cause },
    );
  return network(
    url,
    `${origin} could not be called (${codeOf(cause)}).`,
    'Check the address and the connection.',
    { cause },
  );
}

const codeOf = (cause: string): string =>
  /\b(E[A-Z_]{4,}|UND_[A-Z_]+|[A-Z]+_[A-Z_]+)\b/.exec(cause)?.[0] ?? 'no answer';

export const silent = (url: URL, patience: number): LabError =>
  network(
    url,
    `${url.origin} did not answer within ${patience / 1000} seconds.`,
    'Check that it runs, and try again.',
  );

export const brokenOff = (
  url: URL,
  { received, total, isStalled }: { received: number; total: number | null; isStalled: boolean },
): LabError =>
  network(
    url,
    `The answer ${isStalled ? 'stalled' : 'was cut off'} after ${received}${total === null ? '' : ` of ${total}`} bytes, also when it was asked for again.`,
    'Try again later, or save the file by other means and choose it.',
  );
