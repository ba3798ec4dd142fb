import { expect, it } from 'vitest';
import { sentencesOf } from '../../../src/present/sentences.ts';

it('a text is parted where sentences end, and nowhere else', () => {
  const text =
    'Sharpe ratio 0.52. Efficiency 40 %. It fills at the open (see ch. 11). “Mean” is 2.5 of e.g. Kelly.';
  expect(sentencesOf(text)).toEqual([
    'Sharpe ratio 0.52.',
    'Efficiency 40 %.',
    'It fills at the open (see ch. 11).',
    '“Mean” is 2.5 of e.g. Kelly.',
  ]);
  expect(sentencesOf('')).toEqual([]);
});
