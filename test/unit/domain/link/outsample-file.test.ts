import { strFromU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '../../../../src/domain/digest.ts';
import { openFile, packFile } from '../../../../src/domain/link/outsample-file.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { canonicalJson } from '../../../../src/domain/study/study.ts';
import { payload } from './links.ts';
import { expectRefused } from './refusals.ts';

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const json = (): Uint8Array => utf8(canonicalJson(payload()));
/** The file with other bytes at a place; from the end where it is negative. */
const withBytes = (at: number, ...values: number[]): Uint8Array => {
  const file = packFile(payload());
  file.set(values, at < 0 ? file.length + at : at);
  return file;
};
/** Where the zip's directory begins, and in it the entry of link.json. */
const directory = (): number => {
  const file = packFile(payload());
  return new DataView(file.buffer).getUint32(file.length - 6, true);
};
const manyHashes = (count: number): string => 'A'.repeat(Math.ceil((count * 32) / 6));
/** With so many symbol-years. */
const large = (symbols: number, years: number): LinkPayload => {
  const one = payload();
  one.data.bars.symbols = Array.from({ length: symbols }, (_, i) => `S${i}`);
  one.data.bars.years = years;
  one.data.bars.prices = one.data.bars.returns = manyHashes(symbols * years);
  return one;
};

describe('an .outsample file', () => {
  it('comes back as it was', () => {
    expect(openFile(packFile(payload()))).toEqual(payload());
    expect(openFile(packFile(large(2000, 40)))).toEqual(large(2000, 40));
  });

  it('is a zip for any program: the payload as canonical JSON, and three sentences on what it is', () => {
    const entries = unzipSync(packFile(payload()));
    expect(Object.keys(entries)).toEqual(['link.json', 'README.txt']);
    expect(entries['link.json']).toEqual(json());
    const sentences = strFromU8(entries['README.txt']!).trim().split('\n');
    expect(sentences).toHaveLength(3);
    expect(sentences[1]).toContain('outsample verify');
  });

  it('has equal bytes for equal payloads, in every time zone', () => {
    const zones = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Africa/Monrovia'];
    const files = zones.map((zone) => {
      vi.stubEnv('TZ', zone);
      return sha256Hex(packFile(payload()));
    });
    vi.unstubAllEnvs();
    expect(new Set(files).size).toBe(1);
  });

  it('opens when another program zipped it again', () => {
    expect(openFile(zipSync({ 'link.json': json() }, { level: 1 }))).toEqual(payload());
    const stored = zipSync({ 'README.txt': utf8('hello'), 'link.json': json() }, { level: 0 });
    expect(openFile(stored)).toEqual(payload());
  });

  it('is not made where it could not be opened again', () => {
    expectRefused(() => packFile(large(2, 12_001)), /12000 years/);
    expect(() => packFile(large(10_000, 40))).toThrow(/too large to open again/);
  });
});

const zip = (name: string, content: Uint8Array) => zipSync({ [name]: content }, { level: 9 });
const hostile: [name: string, file: () => Uint8Array, says: RegExp][] = [
  ['no zip', () => new Uint8Array(1000).fill(7), /no zip/],
  ['nothing', () => new Uint8Array(0), /no zip/],
  ['5 MB', () => new Uint8Array(5_000_000), /more than 4100000 bytes/],
  ['a zip of nothing', () => zipSync({}), /has no link.json/],
  ['another zip', () => zip('bars.csv', new Uint8Array(10)), /does not know.*“bars.csv”/],
  ['a later version', () => zip('link-s2.json', json()), /newer Outsample/],
  ['a path', () => zip('../link.json', json()), /does not know/],
  ['a folder', () => zip('a/link.json', json()), /does not know/],
  ['a name that turns its direction', () => zip('\u202elink.json', json()), /does not know/],
  ['a long name', () => zip('n'.repeat(60_000), json()), /does not know/],
  ['a read-me alone', () => zip('README.txt', json()), /has no link.json/],
  [
    'a third file',
    () => zipSync({ 'link.json': json(), 'README.txt': json(), x: json() }),
    /one or two files/,
  ],
  ['thousands of files', () => zipSync(thousands()), /one or two files/],
  ['a cut one', () => packFile(payload()).subarray(0, 400), /no zip/],
  ['something after its end', () => Uint8Array.of(...packFile(payload()), 0), /no zip/],
  ['something before its start', () => Uint8Array.of(0, ...packFile(payload())), /no zip/],
  ['a comment', () => withBytes(-2, 1), /no zip/],
  ['two parts', () => withBytes(-18, 1), /no zip/],
  ['a directory beyond the end', () => withBytes(-6, 0xff, 0xff, 0xff), /no zip/],
  ['an encrypted entry', () => withBytes(directory() + 8, 1), /no zip/],
  ['an entry beyond the end', () => withBytes(directory() + 42, 0xff, 0xff), /no zip/],
  ['a size beyond the end', () => withBytes(directory() + 20, 0xff, 0xff), /no zip/],
  ['two names for one entry', () => withBytes(30, 'L'.charCodeAt(0)), /no zip/],
  ['a packing that nobody knows', () => withBytes(directory() + 10, 99), /unknown way/],
  ['another checksum', () => withBytes(directory() + 16, 1, 2, 3, 4), /not what it declares/],
  ['more than it declares', () => withBytes(directory() + 24, 9, 0), /more than 9 bytes/],
  ['less than it declares', () => withBytes(directory() + 24, 0, 0, 1), /not what it declares/],
  ['4 GB as declared', () => withBytes(directory() + 24, 255, 255, 255, 255), /more than 4000000/],
  ['damage in its middle', () => withBytes(200, 1, 2, 3, 4), /damaged|declares/],
  ['a bomb of 100 MB', () => zip('link.json', new Uint8Array(100_000_000)), /more than 4000000/],
  ['a bomb that declares 1 MB', () => bomb(), /more than 1000000 bytes/],
  ['no payload', () => zip('link.json', utf8('{}')), /not what a link holds/],
  ['no JSON', () => zip('link.json', utf8('{')), /does not hold JSON/],
  ['deep JSON', () => zip('link.json', utf8('['.repeat(30_000))), /nested/],
  [
    'JSON with white space',
    () => zip('link.json', utf8(`${canonicalJson(payload())}\n`)),
    /canonical/,
  ],
];

function thousands(): Record<string, Uint8Array> {
  return Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}`, new Uint8Array(1)]));
}

/** 100 MB of which the directory knows nothing. */
function bomb(): Uint8Array {
  const file = zip('link.json', new Uint8Array(100_000_000));
  const view = new DataView(file.buffer);
  view.setUint32(view.getUint32(file.length - 6, true) + 24, 1_000_000, true);
  return file;
}

describe('a hostile file is refused within 100 ms and 10 MB', () => {
  it.each(hostile)('%s', (_, make, says) => {
    const file = make();
    expectRefused(() => openFile(file), says);
  });
});
