import { secretIn } from '../../../src/domain/secrets/find.ts';
import { callable, withoutSecrets } from '../../../src/wire/egress.ts';

/** An address as it may be shown and kept: host and path, and … in place of a query, and of a path that holds a secret. */
export function shownAddress(address: string): string {
  const url = callable(address);
  return shownPlace(url) + (url.search === '' ? '' : '?…');
}

/** The same without what follows the path. */
export const shownPlace = ({ origin, pathname }: URL): string =>
  secretIn(pathname) === null ? withoutSecrets(origin + pathname) : `${origin}/…`;

/** What of an address may not be passed on where the other side says it back. */
export function hiddenIn(url: URL): readonly string[] {
  const path = secretIn(url.pathname) === null ? [] : url.pathname.split('/');
  return [...path, ...url.searchParams.values()].filter((part) => part.length > 6);
}
