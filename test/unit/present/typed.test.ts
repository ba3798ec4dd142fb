import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  boundsInPercent,
  numberTyped,
  typedNumber,
  typedUnit,
} from '../../../src/present/typed.ts';

test.each([
  [0.005, '0.5'],
  [0.07, '7'],
  [0.29, '29'],
  [1.1, '110'],
  [-0.5, '-50'],
  [1e-9, '1e-7'],
])('a ratio of %d is typed as %s percent', (ratio, text) => {
  expect(typedNumber(ratio, 'ratio')).toBe(text);
  expect(numberTyped(text, 'ratio')).toBe(ratio);
  expect(numberTyped(`${text} %`, 'ratio')).toBe(ratio);
});

test('every number is read back as it was written, to the bit', () => {
  fc.assert(
    fc.property(
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((value) => Math.abs(value) < 1e300),
      fc.constantFrom('ratio', 'bars', ''),
      (value, unit) => {
        expect(numberTyped(typedNumber(value, unit), unit) - value).toBe(0);
      },
    ),
  );
});

test('what is no number is none; other units are typed as they stand', () => {
  expect(['', ' ', 'many', '1e', '% 5'].map((text) => numberTyped(text, 'ratio'))).toEqual(
    Array.from({ length: 5 }, () => NaN),
  );
  expect([typedNumber(14, 'bars'), typedUnit('bars'), typedUnit('ratio')]).toEqual([
    '14',
    'bars',
    '%',
  ]);
});

test('bounds are told in percent, too', () => {
  expect(boundsInPercent('a number above 0 and at most 1')).toBe(
    'a number above 0\u202f% and at most 100\u202f%',
  );
  expect(boundsInPercent('a number of at least -0.5')).toBe('a number of at least -50\u202f%');
});
