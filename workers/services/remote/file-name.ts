import { secretIn } from '../../../src/domain/secrets/find.ts';
import { callable } from '../../../src/wire/egress.ts';
import { isArrow, isContainer, isParquet } from '../import/open.ts';
import type { Downloaded } from './download.ts';

/**
 * What a file from an address is called: as its sender names it, else by the last part of the path, with an ending that
 * says what it is. Never by the query, nor by what looks like a key.
 */
export async function fileName(
  address: string,
  { content, disposition }: Pick<Downloaded, 'content' | 'disposition'>,
): Promise<string> {
  const url = callable(address);
  const named = namedBy(disposition) ?? decoded(url.pathname.split('/').findLast(Boolean) ?? '');
  const name = named
    .split(/[/\\]/)
    .at(-1)!
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^\.+/, '')
    .trim()
    .slice(-120);
  if (secretIn(name) !== null) return fileName(url.origin, { content, disposition: '' });
  if (/\.[a-z]\w{1,9}$/i.test(name)) return name;
  const bytes = new Uint8Array(await content.slice(0, 8).arrayBuffer());
  return `${name === '' ? url.hostname : name}${endingOf(bytes)}`;
}

function namedBy(disposition: string): string | undefined {
  const [, extended] = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition) ?? [];
  if (extended !== undefined) return decoded(extended.trim());
  return /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition)?.slice(1).find(Boolean);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function endingOf(bytes: Uint8Array): string {
  if (isParquet(bytes)) return '.parquet';
  if (isArrow(bytes)) return '.arrow';
  if (isContainer(bytes)) return '.zip';
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? '.csv.gz' : '.csv';
}
