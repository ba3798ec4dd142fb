import { expect, it } from 'vitest';
import { replayed } from '../../../../src/domain/live/replay.ts';
import { placesAt } from '../../../../src/domain/live/replay-index.ts';
import { type Market, stepTimes } from '../../../../src/domain/market.ts';
import { flat, marketOf, settingsOf, signalsOf } from '../execution/market-builder.ts';

const settings = settingsOf({ size: { rule: 'units', units: 10 } });
const replayOf = (market: Market, limit = false) =>
  replayed({
    market,
    signals: signalsOf(market, { A: { 0: { side: 1 }, 1: { side: 1 } } }),
    settings: limit
      ? settingsOf({ execution: { order: 'limit', limitOffset: 60, validFor: 4 } })
      : settings,
    steps: stepTimes(market, -Infinity, Infinity),
  });

/** Of A, whose price is linked over a split of 2 for 1 before its third bar. */
const market: Market = {
  ...marketOf({ A: [flat(100), flat(100), flat(110), flat(120)] }),
  contracts: {
    multiplier: Float64Array.of(1),
    tick: Float64Array.of(NaN),
    lot: Float64Array.of(NaN),
    margin: Float64Array.of(NaN),
    splits: Float64Array.of(1, 1, 2, 2),
    dividend: null,
  },
};

it('a position that nothing changes is written once, and marked at each close', () => {
  const { positions } = replayOf(marketOf({ A: [flat(100), flat(100), flat(110), flat(120)] }));
  expect([...positions.start]).toEqual([0, 0, 1, 2, 3]);
  expect([...positions.mark]).toEqual([100, 110, 120]);
  expect([...positions.spell]).toEqual([0, 0, 0]);
  expect(positions.spells.length).toBe(1);
});

it('knows contracts and splits of each bar, so that it can be told as printed', () => {
  const { positions } = replayOf(market);
  const { spell, spells, mark } = positions;
  const told = [1, 2].map((step) => {
    const [place] = placesAt(positions, step);
    const at = spell[place!]!;
    return [spells.quantity[at]! / spells.perContract[at]!, mark[place!]! / spells.splits[at]!];
  });
  expect(told).toEqual([
    [10, 100],
    [20, 55],
  ]);
});

it('has entries that wait at the prices that would be printed', () => {
  const { entries } = replayOf(market, true);
  expect([...entries.start]).toEqual([0, 1, 2, 3, 4]);
  expect([...entries.limit]).toEqual([40, 40, 40, 40]);
  expect(entries.stop.every(Number.isNaN)).toBe(true);
});
