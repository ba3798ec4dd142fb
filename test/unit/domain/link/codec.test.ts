import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../src/domain/digest.ts';
import { LabError } from '../../../../src/domain/errors.ts';
import { decodeLink, encodeLink, weightOf } from '../../../../src/domain/link/codec.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { canonicalJson, completeStudy } from '../../../../src/domain/study/study.ts';
import { payload } from './links.ts';

const json = (): string => canonicalJson(payload());

describe('a link', () => {
  it('comes back as it was', () => {
    expect(decodeLink(encodeLink(payload()))).toEqual(payload());
  });

  it('carries a search that chooses as it goes; what is at its default is left out', () => {
    const search = { method: 'halving', trials: 90, budget: 'symbols', rungs: 2, factor: 4 };
    const study = completeStudy({ validation: { search } });
    expect(study.validation.search).toEqual({
      ...{ method: 'halving', trials: 90, budget: 'symbols', factor: 4, parameters: [] },
    });
    const read = decodeLink(encodeLink({ ...payload(), study: { ...study } }));
    expect(completeStudy(read.study)).toEqual(study);
  });

  it('is canonical JSON in raw deflate in base64url, for any other program to read', () => {
    const text = inflateRawSync(Buffer.from(encodeLink(payload()).slice(3), 'base64url'));
    expect(text.toString('utf8')).toBe(json());
  });

  it('has the bits that zlib gives it', () => {
    // Python 3, zlib 1.2.13: c = zlib.compressobj(9, zlib.DEFLATED, -15); c.compress(json) + c.flush()
    const fragment = encodeLink(payload());
    expect(sha256Hex(Buffer.from(json()))).toBe(
      'd534c3897ae01e9e99fb1dc8b4cc30eb57f8849c9572758fe340b468fc59b163',
    );
    expect(sha256Hex(Buffer.from(fragment.slice(3), 'base64url'))).toBe(
      '33d3227e5feb10f213ddc9eb9b12cf2c152ae04550ae3b9db1a5cd5f29185286',
    );
  });

  it('is found in a whole address, after #, and as chat programs wrap it', () => {
    const link = encodeLink(payload());
    for (const text of [
      link,
      `#${link}`,
      `https://x.org/a/#${link}`,
      ` <https://x.org/#${link}>\n`,
      `< #${link} >`,
    ])
      expect(decodeLink(text)).toEqual(payload());
  });

  it('is light up to 1,900 characters and gives way to a file beyond 8,000', () => {
    expect([1900, 1901, 8000, 8001].map(weightOf)).toEqual(['light', 'heavy', 'heavy', 'too-long']);
  });

  it('is made of plain objects, whatever the schema leaves free', () => {
    const read = decodeLink(encodeLink({ ...payload(), study: { a: [{ toString: 1 }] } }));
    const plain = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      ([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value) as object) &&
        Object.values(value).every(plain));
    expect(plain(read)).toBe(true);
    expect(read.study).toEqual({ a: [{ toString: 1 }] });
  });

  it('keeps SQL, markup and addresses in free text as the texts that they are', () => {
    const names = [
      `'; DROP TABLE bars; --`,
      '<img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      '=HYPERLINK("https://example.org")',
    ];
    const odd = payload();
    odd.data.files = names.map((name) => ({
      ...odd.data.files[0]!,
      name,
      mapping: [[name, name]],
    }));
    odd.data.bars.symbols = names.slice(0, 2);
    odd.notes = names.map((text) => ({ at: '/', text }));
    odd.study = {
      name: names[0],
      strategy: { parameters: { entry: 'close > 1\n\tand close < 2' } },
    };
    expect(decodeLink(encodeLink(odd))).toEqual(odd);
  });
});

describe('a payload that no receiver would take', () => {
  const changed = (change: (one: LinkPayload) => unknown): LinkPayload => {
    const one = payload();
    change(one);
    return one;
  };
  let deep: unknown = 0;
  for (let level = 0; level < 30; level++) deep = { deep };
  const itself: Record<string, unknown> = {};
  itself['itself'] = itself;

  it.each<[string, LinkPayload, string, RegExp]>([
    ['a note of two lines', changed((one) => (one.notes[0]!.text = 'a\nb')), '/notes/0/text', /co/],
    [
      'a tab in a name',
      changed((one) => (one.data.files[0]!.name = 'a\t')),
      '/data/files/0/name',
      /co/,
    ],
    ['half a character', changed((one) => (one.study = { x: '\udc00' })), '/study/x', /control/],
    ['no number', changed((one) => (one.study = { x: Number.NaN })), '/study/x', /no JSON/],
    ['nothing at all', changed((one) => (one.study = { x: [undefined] })), '/study/x/0', /no JSON/],
    ['a deep study', changed((one) => (one.study = { deep })), '/study', /nested/],
    ['a study in itself', changed((one) => (one.study = itself)), '/study', /nested/],
    ['a huge study', changed((one) => (one.study = { x: 'x'.repeat(1e5) })), '/study', /100000 ch/],
    ...[
      'postgres://me:secret@example.org/prices',
      'see https://hooks.slack.com/services/T0/B0/x',
      'https://example.org/bars.csv?apikey=1234',
    ].map((text): [string, LinkPayload, string, RegExp] => [
      text,
      changed((one) => (one.notes[0]!.text = text)),
      '/notes/0/text',
      /address with a key or password/,
    ]),
    ['another digest', changed((one) => (one.results.trades = 'x')), '/results/trades', /not what/],
  ])('is refused where it is made: %s', (_, one, place, says) => {
    const refusal = (): unknown => {
      try {
        return encodeLink(one);
      } catch (error) {
        return error;
      }
    };
    const error = refusal() as LabError;
    expect(error).toBeInstanceOf(LabError);
    expect(error.data.kind).toBe('link');
    expect(error.data.problem).toMatch(/^This cannot be shared/);
    expect(error.data.problem).toMatch(says);
    expect(error.data.place?.path).toContain(place);
  });
});

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value: unknown = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders keys by UTF-16 units, as in section 3.2.3', () => {
    const value: unknown = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    );
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of appendix B as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });
});
