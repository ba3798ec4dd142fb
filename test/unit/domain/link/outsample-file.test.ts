import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../../../src/domain/link/codec.ts';
import { openOutsampleFile, packFile } from '../../../../src/domain/link/outsample-file.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { canonicalJson } from '../../../../src/domain/study/study.ts';
import { deflated, linkOfBytes, linkOfJson, payload } from './links.ts';
import { expectRefused } from './refusals.ts';

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const manyHashes = (count: number): string => 'A'.repeat(Math.ceil((count * 32) / 6));
/** With so many symbol-years. */
const large = (symbols: number, years: number): LinkPayload => {
  const one = payload();
  one.data.bars.symbols = Array.from({ length: symbols }, (_, i) => `S${i}`);
  one.data.bars.years = years;
  one.data.bars.prices = one.data.bars.returns = manyHashes(symbols * years);
  return one;
};
/** Hashes as they are: any bytes whatever. */
const anyHashes = (count: number): string => {
  let state = 1;
  const bytes = Uint8Array.from({ length: count * 4 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return Buffer.from(bytes).toString('base64url');
};

describe('an .outsample file', () => {
  it('comes back as it was', () => {
    expect(openOutsampleFile(packFile(payload()))).toEqual(payload());
    expect(openOutsampleFile(packFile(large(2000, 40)))).toEqual(large(2000, 40));
  });

  it('is the text of a link, however long', () => {
    expect(packFile(payload())).toEqual(utf8(encodeLink(payload())));
    expect(packFile(large(2000, 40))).toEqual(utf8(encodeLink(large(2000, 40))));
  });

  it('opens when a program for texts has saved it again, or a whole address is in it', () => {
    const link = encodeLink(payload());
    for (const text of [`${link}\r\n`, `\ufeff${link}`, `https://example.org/lab/#${link}\n`])
      expect(openOutsampleFile(utf8(text))).toEqual(payload());
  });

  it('has room for 4 MB of hashes', () => {
    const one = large(9000, 40);
    one.data.bars.prices = one.data.bars.returns = anyHashes(9000 * 40);
    const file = packFile(one);
    expect(file.length).toBeGreaterThan(3_900_000);
    expect(openOutsampleFile(file)).toEqual(one);
  });

  it('is not made where it could not be opened again', () => {
    expectRefused(() => packFile(large(2, 12_001)), /12000 years/);
    expect(() => packFile(large(10_000, 40))).toThrow(/too large to open again/);
  });
});

/** So many characters of base64url, as a link. */
const letters = (count: number): Uint8Array => utf8(`s1.${'A'.repeat(count)}`);
const file = (json: string): Uint8Array => utf8(linkOfJson(json));
const json = (): string => canonicalJson(payload());

const hostile: [name: string, file: () => Uint8Array, says: RegExp][] = [
  ['no text', () => new Uint8Array(1000).fill(0xff), /no text/],
  ['4 MB of no text', () => new Uint8Array(4_000_000).fill(0xff), /no text/],
  ['another text', () => new Uint8Array(1000).fill(7), /no link to a run/],
  ['4 MB of another text', () => new Uint8Array(4_000_000).fill(7), /no link to a run/],
  ['nothing', () => new Uint8Array(0), /no link to a run/],
  ['5 MB', () => new Uint8Array(5_000_000), /more than 4100000 bytes/],
  ['a later version', () => utf8(encodeLink(payload()).replace('s1.', 's2.')), /newer Outsample/],
  ['a cut one', () => packFile(payload()).subarray(0, 403), /cut off/],
  [
    'something after its end',
    () => Uint8Array.of(...packFile(payload()), 0x41),
    /follows its end|base64url/,
  ],
  ['something before its start', () => Uint8Array.of(0, ...packFile(payload())), /no link/],
  ['damage in its middle', () => packFile(payload()).fill(0x5f, 200, 240), /damaged/],
  ['no base64url', () => packFile(payload()).fill(0x2b, 200, 201), /not base64url/],
  ['another alphabet at its end', () => utf8(`${encodeLink(large(2000, 40))}=`), /damaged/],
  ['4 MB that are no deflate', () => letters(4_000_000), /cannot be unpacked|cut off/],
  ['empty blocks without end', () => utf8(linkOfBytes(emptyBlocks(600_000))), /less than half/],
  ['4 MB after its end', () => utf8(encodeLink(payload()) + 'A'.repeat(4_000_000)), /damaged/],
  ['4 MB of white space', () => utf8(' '.repeat(4_000_000)), /no link to a run/],
  ['4 MB of #', () => utf8(`s1.${'#'.repeat(4_000_000)}`), /no link to a run/],
  ['a bomb of 100 MB', () => utf8(bomb()), /more than 4000000 bytes/],
  ['no payload', () => file('{}'), /not what a link holds/],
  ['no JSON', () => file('{'), /does not hold JSON/],
  ['deep JSON', () => file('['.repeat(30_000)), /nested/],
  ['JSON with white space', () => file(`${json()}\n`), /canonical/],
];

/** Stored blocks of deflate with nothing in them, none of them the last. */
function emptyBlocks(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 5 }, (_, i) => (i % 5 < 3 ? 0 : 0xff));
}

function bomb(): string {
  return linkOfBytes(deflated(new Uint8Array(100_000_000)));
}

describe('a hostile file is refused within 100 ms and 10 MB', () => {
  it.each(hostile)('%s', (_, make, says) => {
    const file = make();
    expectRefused(() => openOutsampleFile(file), says);
  });
});
