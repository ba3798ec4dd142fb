import { expect, test } from 'vitest';
import { KeptSignals } from '../../workers/services/kept-signals.ts';
import { walks } from './trial-market.ts';

test('signals are kept while there is room, those that came first', () => {
  const { signals } = walks(1, 10); // 26 bytes a bar.
  const kept = new KeptSignals(600);
  for (const key of ['a', 'b', 'c']) kept.keep(key, signals);
  expect(['a', 'b', 'c'].map((key) => kept.get(key))).toEqual([signals, signals, undefined]);
});
