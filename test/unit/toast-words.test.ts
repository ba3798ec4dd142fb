import { describe, expect, it } from 'vitest';
import { type Work, endOf } from '../../src/ui/toasts/work.ts';

const search = (failed = false, cancelled = false): Work => ({
  name: 'Search',
  tab: 'search',
  busy: () => false,
  failed: () => failed,
  cancelled: () => cancelled,
});

describe('the end of work', () => {
  it.each([
    ['is told where it took long and is out of view', search(), 5000, false, 'Search finished.'],
    ['is not told in view', search(), 5000, true, undefined],
    ['is not told where it was short', search(), 200, false, undefined],
    ['is told of a failure, however short', search(true), 5, false, 'Search failed.'],
    ['is not told to who has stopped it', search(false, true), 5000, false, undefined],
  ])('%s', (_, work, took, inView, words) => {
    expect(endOf(work, took, inView)?.words).toBe(words);
  });
});
