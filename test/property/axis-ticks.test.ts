import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AxisKind, marginFor, tickWords, valueTicks } from '../../src/present/ticks.ts';
import { valueAxis } from '../../src/present/report/axis.ts';

const runs = { seed: 20240101, numRuns: 2000 };
const sizes = { k: 1e3, M: 1e6, B: 1e9 } as const;

/** A number on an axis, read again. */
function read(word: string): number {
  const { digits, unit } = /^(?<digits>[^kMB\u202f]+)(?<unit>[kMB]?)(?:\u202f%)?$/.exec(word)!
    .groups as { digits: string; unit: '' | keyof typeof sizes };
  const value = Number(digits.replaceAll('−', '-').replaceAll(',', ''));
  return (value * (unit === '' ? 1 : sizes[unit])) / (word.endsWith('%') ? 100 : 1);
}

const magnitude = fc.double({ min: -9, max: 9, noNaN: true }).map((power) => 10 ** power);
const sign = fc.constantFrom(1, -1);
/** Ends far apart, on both sides of zero, or so near that most of their digits are the same. */
const range = fc.oneof(
  fc.tuple(magnitude, magnitude, sign, sign).map(([a, b, s, t]) => [s * a, t * b] as const),
  fc
    .tuple(magnitude, fc.double({ min: -8, max: 0, noNaN: true }), sign)
    .map(([a, near, s]) => [s * a, s * a * (1 + 10 ** near)] as const),
  magnitude.map((a) => [a, a] as const),
);
const kind = fc.constantFrom<AxisKind>('number', 'percent', 'money');

const tellsApart = (values: readonly number[], words: readonly string[]): void => {
  expect(new Set(words).size).toBe(words.length);
  values.forEach((value, i) => {
    const gaps = [values[i - 1], values[i + 1]].flatMap((other) =>
      other === undefined ? [] : [Math.abs(other - value)],
    );
    const step = gaps.length === 0 ? Math.abs(value) : Math.min(...gaps);
    expect(Math.abs(read(words[i]!) - value)).toBeLessThanOrEqual(step / 2);
  });
};

describe('the words of an axis', () => {
  it('tell neighbours apart, say what they stand at, and fit', () => {
    fc.assert(
      fc.property(range, kind, fc.integer({ min: 2, max: 12 }), ([a, b], kind, wanted) => {
        const { domain, values, words } = valueTicks(Math.min(a, b), Math.max(a, b), wanted, kind);
        expect(domain[0]).toBeLessThan(domain[1]);
        expect(values.length).toBeGreaterThan(0);
        tellsApart(values, words);
        expect(marginFor(words, 0)).toBeLessThan(160);
        for (const word of words) expect(word.length * 7).toBeLessThan(marginFor(words, 64));
      }),
      runs,
    );
  });

  it('do so on a logarithmic axis, and in the report', () => {
    fc.assert(
      fc.property(range, kind, fc.boolean(), ([a, b], kind, log) => {
        const [low, high] = [Math.abs(a), Math.abs(b)].sort((x, y) => x - y) as [number, number];
        const { values, words } = valueTicks(low, high, 6, kind, log);
        tellsApart(values, words);
        const { ticks } = valueAxis(low, high, 260, kind, log);
        expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
      }),
      runs,
    );
  });
});

describe('an axis', () => {
  const words = (low: number, high: number, kind: AxisKind) => valueTicks(low, high, 5, kind).words;

  it('of a curve that hardly moves does not repeat itself', () => {
    expect(words(99_995, 100_005, 'money')).toEqual([
      ...['99,996', '99,998', '100,000', '100,002', '100,004'],
    ]);
    expect(words(100_000, 100_000, 'money')).toEqual([
      ...['99.0k', '99.5k', '100.0k', '100.5k', '101.0k'],
    ]);
  });

  it('of very small prices shows their digits', () => {
    expect(words(0.0000075, 0.0000096, 'number')).toEqual([
      ...['0.0000075', '0.0000080', '0.0000085', '0.0000090', '0.0000095'],
    ]);
    expect(words(3e-9, 15e-9, 'number')).toEqual([
      ...['4e−9', '6e−9', '8e−9', '1.0e−8', '1.2e−8', '1.4e−8'],
    ]);
  });

  it('of money is short', () => {
    expect(words(0, 2.2e6, 'money')).toEqual(['0', '0.5M', '1.0M', '1.5M', '2.0M']);
    expect(tickWords([-0.05, 0, 0.05], 'percent')).toEqual(['−5\u202f%', '0\u202f%', '5\u202f%']);
  });
});
