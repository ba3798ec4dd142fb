/** Files that the command and the page must read alike, whatever made them. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gunzip } from '../../../workers/services/import/gunzip.ts';

const packed = (text: string): Uint8Array => gzipSync(text);
const zeros = new Uint8Array(512);
const bytes = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(parts.flatMap((part) => [...part]));
const textOf = async (...parts: readonly Uint8Array[]) =>
  new TextDecoder().decode(await gunzip('a.csv.gz', bytes(...parts), 1e6));

/** An empty block with the extra field that ends every file of bgzip. */
const endOfBgzip = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex');
const long = Array.from({ length: 30_000 }, (_, i) => `${i},${i * i}\n`).join('');

it.each([
  ['one member', [packed('a,b\n')], 'a,b\n'],
  ['several, as pigz and cat make them', [packed('a,'), packed(''), packed('b\n')], 'a,b\n'],
  ['members longer than a chunk', [packed(long), packed(long)], long + long],
  ['blocks of bgzip', [packed('a,'), packed('b\n'), endOfBgzip], 'a,b\n'],
  ['zeros at the end', [packed('a,b\n'), zeros], 'a,b\n'],
  ['zeros between', [packed('a,'), zeros, packed('b\n'), zeros], 'a,b\n'],
])('%s', async (_, parts, text) => {
  expect(await textOf(...parts)).toBe(text);
});

it.each([
  ['cut off', [packed('a,b\n').subarray(0, -3)]],
  ['cut off in its second member', [packed('a,b\n'), packed('c').subarray(0, 12)]],
  ['followed by something else', [packed('a,b\n'), zeros, Buffer.from('more')]],
  ['with a wrong checksum', [packed('a,b\n').with(-6, 7)]],
])('one that is %s is damaged', async (_, parts) => {
  await expect(textOf(...parts)).rejects.toThrow('This .gz file is damaged.');
});

it('stops at its limit: what follows is not even read', async () => {
  const bomb = bytes(gzipSync(new Uint8Array(3e6)), Buffer.from('damage'));
  await expect(gunzip('bomb.gz', bomb, 1e6)).rejects.toThrow('larger than 0.001 GB');
});
