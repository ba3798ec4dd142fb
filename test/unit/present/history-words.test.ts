import { expect, it } from 'vitest';
import { distanceWords } from '../../../src/present/history-words.ts';

it.each([
  [0.0123, 'better', 'percent', '+1.23\u202fpp better', 'better'],
  [-0.5, 'worse', 'ratio', '−0.50 worse', 'worse'],
  [0.00001, 'better', 'percent', '0.00\u202fpp apart', 'same'],
  [-1e-9, 'worse', 'ratio', '0.00 apart', 'same'],
  [0, 'same', 'percent', 'same', 'same'],
] as const)('%s %s in %s is “%s”', (difference, verdict, unit, words, counts) => {
  expect(distanceWords({ difference, verdict }, unit)).toEqual({ words, verdict: counts });
});
