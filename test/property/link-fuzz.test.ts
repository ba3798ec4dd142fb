import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { decodeLink, encodeLink } from '../../src/domain/link/codec.ts';
import { openOutsampleFile, packFile } from '../../src/domain/link/outsample-file.ts';
import { packed } from '../../src/domain/link/short-hashes.ts';
import { payload } from '../unit/domain/link/links.ts';
import { survives } from '../attack/link-mutations.ts';

describe('whatever is done to a link', () => {
  it('it is read and means one thing, or it is refused: nothing else happens', () => {
    const link = encodeLink(payload());
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const next = (below: number): number => Number(numbers.next().value) % below;
        survives(link, next);
      }),
      { numRuns: 1500, seed: 20_261_123 },
    );
  });

  it('texts without any plan are refused too', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        expect(() => decodeLink(`s1.${text}`)).toThrow(LabError);
        expect(() => decodeLink(text)).toThrow(LabError);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

/** Text of one line in any script, without what turns its direction. */
const line = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', maxLength })
    .map((text) => text.replaceAll(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '').slice(0, maxLength))
    .filter((text) => !/\p{Surrogate}/u.test(text));
const version = fc.stringMatching(/^[0-9A-Za-z.+-]{0,30}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const hashes = (count: number) =>
  fc.uint8Array({ minLength: count * 4, maxLength: count * 4 }).map((bytes) => packed(bytes));
const count = fc.nat(1_000_000_000);
const day = fc.integer({ min: -1_000_000, max: 1_000_000 });
const checkpoints = fc
  .record({ blocks: fc.nat(40), every: fc.integer({ min: 1, max: 5000 }), columns: fc.nat(30) })
  .chain(({ blocks, every, columns }) =>
    fc.record({
      rows: fc.constant(blocks * every),
      every: fc.constant(every),
      blocks: hashes(blocks),
      columns: hashes(columns),
    }),
  );
const bars = fc
  .record({
    symbols: fc.uniqueArray(line(20), { maxLength: 8 }),
    years: fc.nat(8),
    detail: fc.constantFrom('symbol-years' as const, 'margins' as const),
  })
  .chain(({ symbols, years, detail }) => {
    const cells = detail === 'margins' ? symbols.length + years : symbols.length * years;
    return fc.record({
      symbols: fc.constant(symbols),
      firstYear: fc.integer({ min: -2000, max: 10_000 }),
      years: fc.constant(years),
      detail: fc.constant(detail),
      prices: hashes(cells),
      returns: hashes(cells),
    });
  });
const file = fc.record(
  {
    name: line(255),
    role: fc.constantFrom(
      'bars' as const,
      'attention' as const,
      'macro' as const,
      'universe' as const,
    ),
    dateOrder: fc.constantFrom('day-first' as const, 'month-first' as const),
    sha256: digest,
    rows: count,
    from: day,
    to: day,
    mapping: fc.array(fc.tuple(line(200), line(60)), { maxLength: 5 }),
  },
  { requiredKeys: ['role', 'sha256', 'rows', 'from', 'to', 'mapping'], noNullPrototype: true },
);
/** JSON writes −0 as 0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    number,
    line(20),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(line(10), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const anyPayload = fc.record(
  {
    engine: fc.record({ outsample: version, duckdb: version, wasm: digest }),
    study: fc.dictionary(line(10), anything, { maxKeys: 4, noNullPrototype: true }),
    data: fc.record(
      {
        fingerprint: digest,
        sample: fc.stringMatching(/^[a-z0-9-]{1,60}$/),
        synthetic: fc.constant(true as const),
        files: fc.array(file, { maxLength: 4 }),
        bars,
        tables: hashes(3),
      },
      { requiredKeys: ['fingerprint', 'files', 'bars', 'tables'], noNullPrototype: true },
    ),
    results: fc.record({
      study: digest,
      trades: digest,
      equity: digest,
      metrics: digest,
      tradeCheckpoints: checkpoints,
      equityCheckpoints: checkpoints,
    }),
    ledger: fc.record({ trials: count, variance: fc.option(number.map(Math.abs)) }),
    view: fc.record({ tab: fc.stringMatching(/^[a-z-]{0,30}$/) }),
    notes: fc.array(
      fc.record({
        at: fc.stringMatching(/^\/[A-Za-z0-9/_-]{0,100}$/),
        text: line(1000).filter((text) => text !== ''),
      }),
      { maxLength: 5 },
    ),
  },
  { noNullPrototype: true },
);

describe('every payload', () => {
  it('comes back from a link, whose text it has again, and from a file', () => {
    fc.assert(
      fc.property(anyPayload, (given) => {
        const link = encodeLink(given);
        const read = decodeLink(link);
        expect(read).toEqual(given);
        expect(encodeLink(read)).toBe(link);
        expect(openOutsampleFile(packFile(given))).toEqual(given);
      }),
      { numRuns: 200, seed: 20_261_123 },
    );
  });
});
