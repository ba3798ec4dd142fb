import { base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../../../src/domain/link/codec.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { canonicalJson } from '../../../../src/domain/study/study.ts';
import { deflated, linkOfBytes, linkOfJson, margins, payload } from './links.ts';
import { expectRefused } from './refusals.ts';

const json = (): string => canonicalJson(payload());
const bytes = (): Uint8Array => base64urlnopad.decode(encodeLink(payload()).slice(3));

/** Swaps one part of the payload’s JSON for another. */
const withJson = (from: string, to: string): string => {
  expect(json()).toContain(from);
  return linkOfJson(json().replace(from, to));
};
/** The payload with one change, as an honest encoder would never write it. */
const changed = (change: (payload: Record<string, never> & LinkPayload) => void): string => {
  const one = payload() as Record<string, never> & LinkPayload;
  change(one);
  return linkOfJson(canonicalJson(one));
};
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** A link whose study is this JSON. */
const study = (text: string): string =>
  linkOfJson(canonicalJson({ ...payload(), study: 'here' }).replace('"here"', () => text));
const listOf = (count: number, item: string): string =>
  `{"a":[${Array.from({ length: count }, () => item).join(',')}]}`;
const keys = (count: number): string =>
  canonicalJson(Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, i])));
/** Stored blocks of deflate with nothing in them, none of them the last. */
const emptyBlocks = (count: number): Uint8Array =>
  Uint8Array.from({ length: count * 5 }, (_, i) => (i % 5 < 3 ? 0 : 0xff));

const hostile: [name: string, link: () => string, says: RegExp][] = [
  ['nothing', () => '', /no link to a run/],
  ['another address', () => 'https://example.org/#top', /no link to a run/],
  ['base64 of another alphabet', () => `s1.${'+/'.repeat(20)}`, /not base64url/],
  ['padding', () => `${encodeLink(payload())}==`, /not base64url/],
  ['bits after the last byte', () => 's1.AB', /not base64url/],
  ['a cut one', () => encodeLink(payload()).slice(0, -40), /cut off|base64url/],
  ['no deflate', () => linkOfBytes(new Uint8Array(500).fill(0xff)), /cannot be unpacked/],
  ['trailing bytes', () => linkOfBytes(Uint8Array.of(...bytes(), 0, 1, 2)), /follows its end/],
  [
    'a second stream',
    () => linkOfBytes(Uint8Array.of(...bytes(), ...bytes(), ...bytes())),
    /follows its end/,
  ],
  ['a bomb of 100 MB', () => linkOfBytes(deflated(new Uint8Array(100_000_000))), /more than/],
  ['2 MB of text', () => `s1.${'A'.repeat(2_000_000)}`, /most that is read/],
  ['JSON 30,000 deep', () => linkOfJson(deep(30_000)), /nested/],
  [
    'a payload with a deep study',
    () => withJson('"entryThreshold":2.5', `"x":${deep(30)}`),
    /nested/,
  ],
  ['no JSON', () => linkOfJson('{"a":'), /does not hold JSON/],
  ['white space', () => linkOfJson(` ${json()}`), /not canonical/],
  ['a key twice', () => withJson('"trials":12', '"trials":12,"trials":13'), /not canonical/],
  [
    'keys out of order',
    () => withJson('"trials":12,"variance":0.0025', '"variance":0.0025,"trials":12'),
    /not canonical/,
  ],
  ['1e999', () => withJson('"variance":0.0025', '"variance":1e999'), /not canonical/],
  ['1.0', () => withJson('"trials":12', '"trials":12.0'), /not canonical/],
  ['an escaped letter', () => withJson('"tab":"o', '"tab":"\\u006f'), /not canonical/],
  [
    '__proto__',
    () => withJson('"ledger":', '"__proto__":{"polluted":true},"ledger":'),
    /not canonical|not allowed/,
  ],
  [
    '__proto__ in the study',
    () =>
      changed((one) => (one.study = { strategy: JSON.parse('{"__proto__":{"a":1}}') as never })),
    /not allowed/,
  ],
  ['constructor', () => changed((one) => (one.study = { constructor: 1 })), /not allowed/],
  ['an unknown key', () => changed((one) => Object.assign(one.view, { script: 'x' })), /view/],
  ['a missing key', () => changed((one) => Reflect.deleteProperty(one, 'ledger')), /ledger/],
  [
    'a text for a number',
    () => changed((one) => Object.assign(one.ledger, { trials: '12' })),
    /trials/,
  ],
  ['an address for a tab', () => changed((one) => (one.view.tab = 'javascript:alert(1)')), /tab/],
  [
    'an address for a dataset',
    () => changed((one) => (one.data.sample = 'javascript:alert(1)')),
    /sample/,
  ],
  ['another digest', () => changed((one) => (one.results.trades = 'E'.repeat(64))), /trades/],
  ['a note without a place', () => changed((one) => (one.notes[0]!.at = 'javascript:x')), /at/],
  [
    'too many notes',
    () => changed((one) => (one.notes = Array.from({ length: 101 }, () => one.notes[0]!))),
    /notes/,
  ],
  [
    'NUL in a name',
    () => changed((one) => (one.data.files[0]!.name = 'a\0b')),
    /control characters/,
  ],
  [
    'a turned direction',
    () => changed((one) => (one.notes[0]!.text = 'gpj.\u202Eexe')),
    /control characters/,
  ],
  [
    'half a character',
    () => changed((one) => (one.study = { name: '\ud800' })),
    /control characters/,
  ],
  [
    'too few hashes',
    () => changed((one) => (one.data.bars.symbols = ['A', 'B', 'C'])),
    /hashes of the bars/,
  ],
  ['a symbol twice', () => changed((one) => (one.data.bars.symbols = ['A', 'A'])), /twice/],
  ['years without end', () => changed((one) => (one.data.bars.years = 999_999_999)), /12000 years/],
  [
    'symbols times years, of which it carries the margins alone',
    () => changed((one) => (one.data.bars = margins(9400, 12_000))),
    /symbols × years are more than 2000000/,
  ],
  [
    'rows without checkpoints',
    () => changed((one) => (one.results.tradeCheckpoints.rows = 1e9)),
    /checkpoints/,
  ],
  ['a version to come', () => encodeLink(payload()).replace('s1.', 's2.'), /version of Outsample/],
  ['version 0', () => encodeLink(payload()).replace('s1.', 's0.'), /version of Outsample/],
  ['another place of a link', () => `s1.${'A'.repeat(1000)}#s2`, /no link to a run/],
  ['a version of many digits', () => `s${'1'.repeat(150_000)}.AA`, /no link to a run/],
  ['one trailing byte', () => linkOfBytes(Uint8Array.of(...bytes(), 0)), /follows its end/],
  ['empty blocks without end', () => linkOfBytes(emptyBlocks(28_000)), /less than half/],
  ['no UTF-8', () => linkOfBytes(deflated(Buffer.from(json(), 'latin1'))), /not UTF-8/],
  ['a byte order mark', () => linkOfJson(`\ufeff${json()}`), /does not hold JSON/],
  ['−0', () => withJson('"variance":0.0025', '"variance":-0'), /not canonical/],
  ['lists that cost a hundred times their text', () => study(listOf(150_000, '[]')), /values/],
  ['numbers that do', () => study(listOf(200_000, '0')), /values/],
  ['keys without end', () => study(keys(9_000)), /100000 characters/],
  ['a text of 400 kB', () => study(`{"a":"${'恐'.repeat(130_000)}"}`), /100000 characters/],
  ['a key of 400 kB', () => study(`{"${'k'.repeat(400_000)}":0,"a":1}`), /not canonical/],
  ['escapes without end', () => study(`{"a":"${'\\u0001'.repeat(80_000)}"}`), /control/],
  ['a note of two lines', () => changed((one) => (one.notes[0]!.text = 'a\nb')), /control/],
  ['an escape of terminals', () => changed((one) => (one.notes[0]!.text = '\x9b2J')), /control/],
  ['a name that returns', () => changed((one) => (one.study = { name: 'a\rExact' })), /control/],
  ['a name of two lines', () => changed((one) => (one.study = { name: 'a\nExact' })), /control/],
  ['isolates', () => changed((one) => (one.data.bars.symbols[0] = 'A\u2067')), /control/],
  ['half a pair', () => changed((one) => (one.data.files[0]!.name = '\udfff')), /control/],
  ['constructor in a list', () => study('{"a":[{"constructor":{"prototype":{}}}]}'), /not allowed/],
  [
    'bits after the last hash',
    () => changed((one) => (one.data.bars.prices = one.data.bars.prices.replace(/.$/, 'B'))),
    /hashes of the bars/,
  ],
  [
    'half a hash of a column',
    () => changed((one) => (one.results.tradeCheckpoints.columns += 'AA')),
    /columns/,
  ],
  ['two series', () => changed((one) => (one.data.tables = 'A'.repeat(11))), /series/],
  [
    'margins of the wrong length',
    () => changed((one) => (one.data.bars.detail = 'margins')),
    /hashes of the bars/,
  ],
  [
    'years of no symbol',
    () =>
      changed((one) => {
        Object.assign(one.data.bars, { symbols: [], years: 1e9, prices: '', returns: '' });
      }),
    /years/,
  ],
];

describe('a hostile link is refused within 100 ms and 10 MB', () => {
  it.each(hostile)('%s', (_, make, says) => {
    const link = make();
    expectRefused(() => decodeLink(link), says);
  });
});
