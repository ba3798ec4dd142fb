import { expect, test } from 'vitest';
import { changesSince, roomWords, sizeOf } from '../../../src/present/kept-words.ts';

const file = (name: string, sha256: string | null, bytes = 10) => ({ name, sha256, bytes });

test('what became of files is told by name', () => {
  const before = [file('A.csv', 'a'), file('B.csv', 'b'), file('C.csv', 'c')];
  expect(changesSince(before, before)).toBe('');
  expect(changesSince(before, [file('A.csv', 'a'), file('B.csv', 'x'), file('D.csv', 'd')])).toBe(
    'Changed since: B.csv. No longer there: C.csv. Not there before: D.csv.',
  );
  const many = Array.from({ length: 7 }, (_, i) => file(`${i}`, 'x'));
  expect(changesSince([], many)).toBe('Not there before: 0, 1, 2, 3, 4 and 2 more.');
});

test('sizes count equal bytes once, and what is not read not at all', () => {
  expect(sizeOf([file('A', 'a'), file('B', 'a'), file('C', 'c', 5), file('D', null)])).toBe(15);
  expect(roomWords({ usage: 3_200_000, quota: 1_200_000_000 })).toBe('3.2 MB of 1.2 GB');
  expect(roomWords({ usage: 950 })).toBe('950 B');
});
