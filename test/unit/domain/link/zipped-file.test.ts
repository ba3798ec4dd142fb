import { readFileSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openOutsampleFile } from '../../../../src/domain/link/outsample-file.ts';
import { canonicalJson } from '../../../../src/domain/study/study.ts';
import { deflated, payload } from './links.ts';
import { expectRefused } from './refusals.ts';

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const json = (): Uint8Array => utf8(canonicalJson(payload()));

/** A zip from the time when .outsample files were zips: link.json, a read-me, and the directory of both. */
const released = readFileSync('test/regression/links/zip-0.2.0.outsample');
const from = 30 + 'link.json'.length;
const to = from + released.readUInt32LE(18);
const directory = released.readUInt32LE(released.length - 6);

/** The released file with other bytes at a place; from the end where it is negative. */
const withBytes = (at: number, ...values: number[]): Uint8Array => {
  const file = Uint8Array.from(released);
  file.set(values, at < 0 ? file.length + at : at);
  return file;
};

/** The released file with something else in its link.json, which may declare another size. */
const zip = (content: Uint8Array, size = content.length): Uint8Array =>
  withPacked(deflated(content), crc32(content), size);

function withPacked(packed: Uint8Array, crc: number, size: number): Uint8Array {
  const file = Buffer.concat([released.subarray(0, from), packed, released.subarray(to)]);
  file.writeUInt32LE(crc, 14);
  file.writeUInt32LE(packed.length, 18);
  file.writeUInt32LE(size, 22);
  file.writeUInt32LE(directory - (to - from) + packed.length, file.length - 6);
  return Uint8Array.from(file);
}

describe('an .outsample file that is a zip', () => {
  it('opens', () => {
    const content = inflateRawSync(released.subarray(from, to)).toString('utf8');
    expect(canonicalJson(openOutsampleFile(released))).toBe(content);
    expect(openOutsampleFile(zip(json()))).toEqual(payload());
  });
});

const hostile: [name: string, file: () => Uint8Array, says: RegExp][] = [
  ['two letters', () => utf8('PK'), /cut off/],
  ['5 MB', () => withPacked(new Uint8Array(5_000_000), 0, 1000), /more than 4100000 bytes/],
  ['a zip of nothing', () => Uint8Array.from(released.subarray(-22)), /cut off/],
  ['another zip', () => withBytes(30, ...utf8('bars.json')), /begin with link.json/],
  ['a longer name', () => withBytes(26, 10), /begin with link.json/],
  ['a name without end', () => withBytes(26, 0xff, 0xff), /begin with link.json/],
  ['a further field', () => withBytes(28, 4), /begin with link.json/],
  ['a cut one', () => Uint8Array.from(released.subarray(0, 400)), /cut off/],
  ['something after its end', () => Uint8Array.of(...released, 0), /cut off|after its end/],
  ['something before its start', () => Uint8Array.of(0, ...released), /no text|no link/],
  ['something in place of its start', () => withBytes(2, 0), /begin with link.json/],
  ['a directory beyond the end', () => withBytes(-6, 0xff, 0xff, 0xff), /cut off/],
  ['an encrypted entry', () => withBytes(6, 1), /begin with link.json/],
  ['sizes that follow the content', () => withBytes(6, 8), /begin with link.json/],
  ['a packing that nobody knows', () => withBytes(8, 99), /begin with link.json/],
  ['a content beyond the end', () => withBytes(18, 0xff, 0xff), /ends before its content/],
  ['4 GB of content', () => withBytes(18, 0xff, 0xff, 0xff, 0xff), /ends before its content/],
  ['another checksum', () => withBytes(14, 1, 2, 3, 4), /cannot be unpacked/],
  ['more than it declares', () => zip(json(), 9), /cannot be unpacked/],
  ['one byte more than it declares', () => zip(json(), json().length - 1), /cannot be unpacked/],
  ['less than it declares', () => zip(json(), json().length + 1), /cannot be unpacked/],
  ['nothing as declared', () => zip(json(), 0), /cannot be unpacked/],
  ['4 GB as declared', () => withBytes(22, 255, 255, 255, 255), /more than 4000000/],
  ['damage in its middle', () => withBytes(200, 1, 2, 3, 4), /damaged/],
  ['half of its content', () => withPacked(deflated(json()).subarray(0, 300), 0, 900), /damaged/],
  [
    'something after its content',
    () => withPacked(Uint8Array.of(...deflated(json()), 0), crc32(json()), json().length),
    /cannot be unpacked/,
  ],
  ['a bomb of 100 MB', () => zip(new Uint8Array(100_000_000)), /more than 4000000/],
  ['a bomb that declares 1 MB', () => zip(new Uint8Array(100_000_000), 1_000_000), /than 1000000/],
  ['no payload', () => zip(utf8('{}')), /not what a link holds/],
  ['no JSON', () => zip(utf8('{')), /does not hold JSON/],
  ['deep JSON', () => zip(utf8('['.repeat(30_000))), /nested/],
  ['JSON with white space', () => zip(utf8(`${canonicalJson(payload())}\n`)), /canonical/],
];

describe('a hostile zip is refused within 100 ms and 10 MB', () => {
  it.each(hostile)('%s', (_, make, says) => {
    const file = make();
    expectRefused(() => openOutsampleFile(file), says);
  });
});
