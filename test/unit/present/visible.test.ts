import { expect, it } from 'vitest';
import { visible } from '../../../src/present/visible.ts';

it.each([
  ['a line of its own', 'AAPL\n  Total return  900 %', String.raw`AAPL\n  Total return  900 %`],
  ['what clears a line', '\r\x1b[2KAll good', String.raw`\r\u001b[2KAll good`],
  ['the one-byte form of that', '\x9b2K', String.raw`\u009b2K`],
  ['text that runs backwards', 'a\u202ecod.exe\u2066', String.raw`a\u202ecod.exe\u2066`],
  ['a letter that is not seen', 'A\u200bPL\ufeff', String.raw`A\u200bPL\ufeff`],
  ['half a letter', 'A\ud800', String.raw`A\ud800`],
  ['letters of any script', 'Müller · 株 · می‌خواهم · 👩‍💻', 'Müller · 株 · می‌خواهم · 👩‍💻'],
])('shows %s', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('leaves JSON the same value', () => {
  const value = { name: 'x\u202e\u{e0041}\u009b' };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});
