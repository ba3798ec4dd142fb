import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isPermissive, licenceOf } from '../../scripts/licences.mjs';

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

it('nothing that a package needs when it runs asks for more than a notice', () => {
  const asking = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { license }]) => ({ name: path.replace(/^.*node_modules\//, ''), license }))
    .filter((one) => !isPermissive(licenceOf(one)));
  expect(asking).toEqual([]);
});

it('an expression is permissive where each part, and one of each choice, is', () => {
  expect(isPermissive('MIT')).toBe(true);
  expect(isPermissive('(MIT AND Zlib)')).toBe(true);
  expect(isPermissive('(GPL-3.0 OR Apache-2.0)')).toBe(true);
  expect(isPermissive('Apache-2.0 AND GPL-3.0')).toBe(false);
  expect(isPermissive('none is named')).toBe(false);
});
