import { expect, test } from 'vitest';
import { mapsOf } from '../../../src/cli/maps.ts';
import { LabError } from '../../../src/domain/errors.ts';

test('what is said of a file goes by its name; of several that fit the last counts', () => {
  const maps = mapsOf(
    '{"*.txt": {"headerLine": 0, "decimal": ","}, "A.txt": {"decimal": "."}, "a[1]+.csv": {"role": "macro"}}',
    'map.json',
  );
  expect(maps('data/A.txt')).toEqual({ headerLine: 0, decimal: '.' });
  expect(maps('B.txt')).toEqual({ headerLine: 0, decimal: ',' });
  expect(maps('data/a[1]+.csv')).toEqual({ role: 'macro' });
  expect(maps('B.csv')).toEqual({});
});

test.each([
  ['{', 'This is not JSON'],
  ['[]', '“/” is not what a map may say'],
  ['{"A.csv": {"decimal": ";"}}', '“/A.csv/decimal” is not what a map may say'],
  ['{"A.csv": {"colour": 1}}', '“/A.csv/colour” is not what a map may say'],
])('a map %s is refused', (text, problem) => {
  const read = () => mapsOf(text, 'map.json');
  expect(read).toThrow(LabError);
  expect(read).toThrow(problem);
});
