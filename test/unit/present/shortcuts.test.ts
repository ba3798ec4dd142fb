/** One list of keys: what a press means, and how keys are written. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  isSingle,
  keyWords,
  keysOf,
  shortcutOf,
  shortcuts,
  tabKeys,
} from '../../../src/present/shortcuts.ts';

const press = (key: string, held: 'none' | 'ctrl' | 'meta' | 'alt' | 'ctrl-shift' = 'none') =>
  shortcutOf({
    key,
    ctrlKey: held.startsWith('ctrl'),
    metaKey: held === 'meta',
    altKey: held === 'alt',
    shiftKey: held === 'ctrl-shift' || key === '?',
  })?.id;

it('a press has one meaning, whichever of Ctrl and ⌘ the keyboard has', () => {
  expect([press('k'), press('k', 'ctrl'), press('k', 'meta'), press('k', 'alt')]).toEqual([
    ...['earlier', 'palette', 'palette', undefined],
  ]);
  expect([press('Enter'), press('Enter', 'ctrl'), press('?'), press('Escape')]).toEqual([
    ...[undefined, 'run', 'help', 'stop'],
  ]);
  const keys = shortcuts.map((one) => one.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

it('every tab has its number', () => {
  const source = readFileSync('src/state/place.svelte.ts', 'utf8');
  const places = /places = \[([^\]]*)\]/.exec(source)![1]!.match(/[\w-]+/g);
  expect(tabKeys.map(({ id }) => id)).toEqual(places);
  expect(tabKeys.map(({ keys }) => keys)).toEqual(places!.map((_, i) => String(i + 1)));
});

it('keys are written as they stand on the keyboard', () => {
  expect(keyWords(keysOf('run')!, false)).toBe('Ctrl ↵');
  expect(keyWords(keysOf('run')!, true)).toBe('⌘ ↵');
  expect(keyWords('Escape', false)).toBe('Esc');
  expect(shortcuts.filter(({ keys }) => isSingle(keys)).map(({ id }) => id)).not.toContain('run');
});
