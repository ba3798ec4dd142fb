import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../../../src/domain/link/codec.ts';
import { packFile } from '../../../../src/domain/link/outsample-file.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { refuseSecretPage } from '../../../../src/domain/link/shareable.ts';
import { LabError } from '../../../../src/domain/errors.ts';
import { filled } from '../secrets/random.ts';
import { payload } from './links.ts';

const token = filled('ghp_{36}');

const dataOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof LabError) return error.data;
  }
  return null;
};

describe('a secret is refused wherever a text may stand, by link and by file', () => {
  it.each<[string, (one: LinkPayload) => unknown, string]>([
    ['the study’s name', (one) => (one.study = { name: `run ${token}` }), '/study/name'],
    ['the setting a/b/0', (one) => (one.study = { a: { b: [token] } }), '/study/a/b/0'],
    ['the setting a', (one) => (one.study = { a: { [token]: 1 } }), '/study/a'],
    ['note 2', (one) => one.notes.push({ at: '/', text: token }), '/notes/1/text'],
    ['what note 1 is pinned to', (one) => (one.notes[0]!.at = `/${token}`), '/notes/0/at'],
    [
      'the name of file 1',
      (one) => (one.data.files[0]!.name = `${token}.csv`),
      '/data/files/0/name',
    ],
    [
      'a column’s name in file 1',
      (one) => (one.data.files[0]!.mapping[1]![0] = token),
      '/data/files/0/mapping',
    ],
    ['symbol 2', (one) => (one.data.bars.symbols = ['A', token]), '/data/bars/symbols/1'],
  ])('%s', (called, change, path) => {
    const one = payload();
    change(one);
    for (const make of [encodeLink, packFile]) {
      const data = dataOf(() => make(one));
      expect(data).toMatchObject({
        kind: 'link',
        problem: `This cannot be shared: ${called} holds a GitHub token.`,
        place: { path, value: 'ghp_…' },
      });
      expect(data?.remedy).toMatch(/\. If anyone has seen it, have it replaced/);
      expect(JSON.stringify(data)).not.toContain(token.slice(8));
    }
  });
});

it('a run of random characters is refused in a note, with what to do if it is none, and let through as a symbol', () => {
  const key = filled('{44}');
  const one = payload();
  one.notes[0]!.text = `Bars by ${key}`;
  expect(dataOf(() => encodeLink(one))?.remedy).toContain('If it is no key, shorten it');
  one.notes[0]!.text = 'Bars';
  one.data.bars.symbols = ['A', key];
  expect(dataOf(() => encodeLink(one))).toBeNull();
});

it('many symbols are looked through in time', () => {
  const one = payload();
  const symbols = Array.from({ length: 20_000 }, (_, i) => `SYMBOL-${i}-${(i * 7919) % 1013}.PA`);
  one.data.bars.symbols = symbols;
  const started = performance.now();
  dataOf(() => encodeLink(one));
  expect(performance.now() - started).toBeLessThan(5000);
});

it.each([
  ['https://me:hunter2@example.org/lab/', false],
  ['https://example.org/lab/?token=abc123', false],
  ['https://example.org/lab/?page=3', true],
  ['https://example.org:8443/lab/', true],
  ['', true],
])('the page’s address %s passes: %s', (address, passes) => {
  expect(
    dataOf(() => {
      refuseSecretPage(address);
    }) === null,
  ).toBe(passes);
});
