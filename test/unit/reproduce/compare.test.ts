import { expect, it } from 'vitest';
import { differences, digestOf, firstDifference } from '../../reproduce/compare.mjs';

it('finds the first difference and says what stands there', () => {
  const [a, b] = [{ x: [1, { y: 0.30000000000000004 }] }, { x: [1, { y: 0.3 }] }];
  expect(firstDifference(a, b, '')).toEqual({
    path: '/x/1/y',
    values: ['0.30000000000000004', '0.3'],
  });
  expect(firstDifference([1], [1, 2], '')).toEqual({ path: '/1', values: ['nothing', '2'] });
  expect(firstDifference({ x: 'flat' }, { x: null }, '')).toEqual({
    path: '/x',
    values: ['"flat"', 'null'],
  });
});

it('shows long texts from a little before the difference', () => {
  const text = 'a'.repeat(100);
  const { path, values } = firstDifference(`${text}1${text}`, `${text}2${text}`, '/content');
  expect(path).toBe('/content, character 100');
  expect(values[0]).toBe(`"${'a'.repeat(30)}1${'a'.repeat(29)}"`);
  expect(firstDifference('short', 'shorter', '').values).toEqual(['"short"', '"shorter"']);
});

it('holds every engine to the first, part by part', () => {
  const node = { run: '{"net":1}', learn: '[1]' };
  const found = differences('pairs', [
    ['node', node],
    ['chromium', node],
    ['webkit', { run: '{"net":2}' }],
  ]);
  expect(found).toEqual([
    { study: 'pairs', part: 'run', engines: ['node', 'webkit'], path: '/net', values: ['1', '2'] },
    {
      study: 'pairs',
      part: 'learn',
      engines: ['node', 'webkit'],
      path: '',
      values: ['[1]', 'null'],
    },
  ]);
  expect(differences('pairs', [])).toEqual([]);
});

it('digests parts whatever their order', () => {
  expect(digestOf({ a: '1', b: '2' })).toBe(digestOf({ b: '2', a: '1' }));
  expect(digestOf({ a: '1', b: '2' })).not.toBe(digestOf({ a: '12', b: '' }));
});
