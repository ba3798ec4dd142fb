import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import {
  claimTab,
  forgetWork,
  keepPart,
  newestTab,
  partsOf,
  sweepTabs,
} from '../../../src/wire/kept/work.ts';

/** Locks as a browser has them, held for as long as their work lasts. */
function withLocks(): { readonly letGo: (name: string) => void } {
  const held = new Set<string>();
  const locks = {
    request: (
      name: string,
      _: { readonly ifAvailable: true },
      work: (lock: { readonly name: string } | null) => unknown,
    ): Promise<unknown> => {
      if (held.has(name)) return Promise.resolve(work(null));
      held.add(name);
      return Promise.resolve(work({ name }));
    },
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
  };
  vi.stubGlobal('navigator', { locks });
  return { letGo: (name) => held.delete(name) };
}
afterEach(() => vi.unstubAllGlobals());

test('a tab has its own parts; of tabs that are gone the one that wrote last is kept', async () => {
  const { letGo } = withLocks();
  expect(await newestTab()).toBeNull();
  for (const tab of ['one', 'two', 'three']) {
    expect(await claimTab(tab)).toBe(true);
    await keepPart(tab, 'run', { of: tab });
  }
  await keepPart('one', 'view', { span: [0, 9] });
  expect(await partsOf('one', ['run', 'view', 'notes'])).toEqual([
    { of: 'one' },
    { span: [0, 9] },
    undefined,
  ]);
  expect(await newestTab()).toBe('one');
  await keepPart('one', 'view', null);
  expect(await partsOf('one', ['view'])).toEqual([undefined]);

  // A copy of a tab that is alive gets no lock of its id.
  expect(await claimTab('one')).toBe(false);

  for (const tab of ['one', 'two']) letGo(`outsample-work-${tab}`);
  await sweepTabs();
  const left = () => Promise.all(['one', 'two', 'three'].map((tab) => partsOf(tab, ['run'])));
  expect(await left()).toEqual([[{ of: 'one' }], [undefined], [{ of: 'three' }]]);

  await forgetWork();
  expect(await left()).toEqual([[undefined], [undefined], [{ of: 'three' }]]);
  expect(await newestTab()).toBeNull();
});
