/** A small sample of `npm run calibrate`: worlds whose truth is known. */
import { expect, it } from 'vitest';
import {
  type Outcome,
  type World,
  judge,
  targetsOf,
  worldOf,
} from '../../../../bench/calibration.ts';

const irrelevant = ({ verdict }: Outcome): boolean => verdict === 'edge real, choice irrelevant';

it.each<[World, (one: Outcome) => boolean]>([
  ['noise', ({ dsr, pbo, verdict }) => dsr < 0.95 && pbo > 0.2 && verdict !== 'edge real'],
  ['one edge', ({ dsr, pbo, verdict }) => dsr > 0.95 && pbo < 0.2 && verdict === 'edge real'],
  ['edge everywhere', irrelevant],
  ['edge in common', irrelevant],
])('tells %s for what it is in four of five seeds', (world, meets) => {
  const size = { trials: 60, bars: 2500 };
  const outcomes = [1, 2, 3, 4, 5].map((seed) => judge(worldOf(world, seed, size), seed, 200));
  expect(outcomes.filter(meets).length).toBeGreaterThanOrEqual(4);
});

it('misses its targets where a statistic fails', () => {
  const wrong: Outcome = { dsr: 0.9, pbo: 0.1, spa: 0.5, verdict: 'no edge' };
  const met = (world: World) => targetsOf(world, [wrong]).map((target) => target.met);
  expect(met('noise')).toEqual([false, false]);
  expect(met('one edge')).toEqual([false]);
  expect(met('edge everywhere')).toEqual([false]);
});
