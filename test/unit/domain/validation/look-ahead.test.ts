import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Played,
  culpritOf,
  firstDifference,
} from '../../../../src/domain/validation/look-ahead-differences.ts';
import { fillsUntil } from '../../../../src/domain/validation/look-ahead-fills.ts';
import {
  knownListings,
  noiseBars,
  noiseFactors,
} from '../../../../src/domain/validation/look-ahead-noise.ts';
import {
  choosePoints,
  costOf,
  pointsFor,
} from '../../../../src/domain/validation/look-ahead-points.ts';
import {
  momentOfDay,
  notApplicable,
  settingsFor,
  worldOf,
} from '../../../../src/domain/validation/look-ahead-replays.ts';
import type { ReplayId } from '../../../../src/domain/validation/look-ahead.ts';
import { sentenceOf } from '../../../../src/present/look-ahead-sentences.ts';
import {
  type Bar,
  firstDay,
  listed,
  marketOf,
  plain,
  settingsOf,
  signalsOf,
} from '../execution/market-builder.ts';

const bars: Bar[] = [
  [10, 11, 9, 10],
  [10, 12, 9, 11],
  [11, 13, 10, 12],
  [12, 13, 11, 12],
];
const played = (
  of: readonly (Bar | null)[] = bars,
  said = {},
  settings: Settings = plain,
): Played => {
  const market = marketOf({ A: of, B: bars });
  const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { exit: 1 }, ...said } });
  return { market, signals, simulation: simulate(market, signals, settings) };
};
const past = { closed: firstDay + 2, opened: -Infinity, curve: true };
const { execution } = plain;

describe('the first difference', () => {
  it('is none where only the future differs', () => {
    const other = played([...bars.slice(0, 3), [50, 60, 40, 55]], { 3: { side: -1 } });
    expect(firstDifference(played(), other, past, execution)).toBeNull();
    const cut = played(bars.slice(0, 3));
    expect(firstDifference(played(), cut, past, execution)).toBeNull();
  });

  it('names the signal, its symbol and its day', () => {
    expect(firstDifference(played(), played(bars, { 1: { atr: 2 } }), past, execution)).toEqual({
      day: firstDay + 1,
      symbol: 'A',
      kind: 'signal',
      column: 'atr',
      whole: 1,
      replay: 2,
    });
  });

  it('names a fill’s field, a fill that is missing, and one that is new', () => {
    const whole = played();
    const dearer = played([bars[0]!, [10.5, 12, 9, 11], ...bars.slice(2)]);
    expect(firstDifference(whole, dearer, past, execution)).toMatchObject({
      kind: 'fill',
      column: 'entryPrice',
      whole: 10,
      replay: 10.5,
    });
    const never = { ...whole, simulation: played(bars, { 0: {} }).simulation };
    expect(firstDifference(whole, never, past, execution)).toMatchObject({
      day: firstDay + 1,
      column: 'entry',
      replay: null,
    });
    expect(firstDifference(never, whole, past, execution)).toMatchObject({
      column: 'entry',
      whole: null,
    });
  });

  it('names the curve’s column where only that differs', () => {
    const whole = played();
    const marked = played([bars[0]!, [10, 12, 9, 11.5], ...bars.slice(2)]);
    const found = firstDifference(whole, marked, past, execution);
    expect(found).toMatchObject({ day: firstDay + 1, symbol: null, kind: 'equity', whole: 10_001 });
    expect(firstDifference(whole, marked, { ...past, curve: false }, execution)).toBeNull();
  });

  it('takes −0 for 0, and no value for no value', () => {
    const score = (value: number) => played(bars, { 1: { score: value } });
    expect(firstDifference(score(0), score(-0), past, execution)).toBeNull();
    expect(firstDifference(score(Number.NaN), score(Number.NaN), past, execution)).toBeNull();
    expect(firstDifference(score(Number.NaN), score(1), past, execution)).toMatchObject({
      whole: null,
      replay: 1,
    });
  });

  it('finds the column of the strategy that changed first', () => {
    const { market } = played();
    const columns = { first: new Float64Array(8), second: new Float64Array(8) };
    const other = { first: columns.first.slice(), second: columns.second.slice() };
    other.second[1] = Number.NaN;
    other.first[2] = 1;
    expect(culpritOf({ market, columns }, { market, columns: other }, past.closed)).toEqual({
      column: 'second',
      day: firstDay + 1,
      symbol: 'A',
      whole: 0,
      replay: null,
    });
    expect(culpritOf({ market, columns }, { market, columns }, past.closed)).toBeNull();
  });
});

describe('fills', () => {
  const settings = settingsOf({ exits: { stop: 1, unit: 'ratio' } });
  const fillsAt = (session: number, atOpen: boolean, of = settings) => {
    const { market, simulation } = played(bars, {}, of);
    const { closed, opened } = momentOfDay(atOpen ? 'own-bar' : 'cut', firstDay + session);
    const fills = fillsUntil({ closed, opened }, market, simulation, of.execution);
    return fills.map(({ kind, day }) => `${kind} ${day - firstDay}`);
  };

  it('at a session’s open are known there', () => {
    expect(fillsAt(1, true)).toEqual(['entry 1']);
    expect(fillsAt(3, true)).toEqual(['entry 1', 'exit 3']);
    expect(fillsAt(2, false)).toEqual(['entry 1']);
  });

  it('inside a bar are not', () => {
    const limit = settingsOf({ execution: { order: 'limit', limitOffset: 0.5 } });
    expect(fillsAt(1, true, limit)).toEqual([]);
    expect(fillsAt(1, false, limit)).toEqual(['entry 1']);
  });

  it('at the prior close count from the bar that booked them', () => {
    const prior = settingsOf({ execution: { fill: 'prior-close' } });
    expect(fillsAt(0, false, prior)).toEqual([]);
    expect(fillsAt(1, false, prior)).toEqual(['entry 0']);
    expect(fillsAt(3, false, prior)).toEqual(['entry 0', 'exit 2']);
  });
});

describe('sessions to try', () => {
  const days = Int32Array.from({ length: 100 }, (_, i) => i);

  it('are all where that is cheap', () => {
    expect(choosePoints(100, [], 100, 1)).toEqual(days);
  });

  it('are the first, the last but one, and half from where trades are', () => {
    const acting = [40, 41, 42, 43];
    const chosen = [...choosePoints(100, acting, 10, 1)];
    expect(chosen).toHaveLength(10);
    expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
    for (const day of [0, 98, ...acting]) expect(chosen).toContain(day);
    expect([...choosePoints(100, acting, 10, 1)]).toEqual(chosen);
    expect([...choosePoints(100, acting, 10, 2)]).not.toEqual(chosen);
  });

  it('grow fewer with the data, and never fewer than four', () => {
    const size = { bars: 2516, symbols: 2, features: 10, sessions: 1258, hasMacro: true };
    expect(pointsFor(size)).toBeGreaterThan(30);
    expect(pointsFor({ ...size, bars: 5_000_000 })).toBe(4);
    expect(costOf({ ...size, features: 20 })).toBeGreaterThan(costOf(size));
  });
});

describe('noise', () => {
  const market = listed(marketOf({ A: bars }), { A: { delistedOn: 9, delistingReturn: -0.5 } });

  it('makes bars that could have been, the same by the seed', () => {
    const noise = noiseBars(market, 7);
    for (const [row, high] of noise.high.entries()) {
      const prices = [noise.open[row]!, noise.close[row]!];
      expect(high).toBeGreaterThanOrEqual(Math.max(...prices));
      expect(noise.low[row]).toBeLessThanOrEqual(Math.min(...prices));
      expect(noise.low[row]).toBeGreaterThan(0);
      expect(noise.close[row]).not.toBe(market.close[row]);
    }
    expect(noiseBars(market, 7)).toEqual(noise);
    expect(noiseFactors(3, 7, 'macro')).toEqual(noiseFactors(3, 7, 'macro'));
  });

  it('hides delistings to come, or moves them', () => {
    const { listings } = market;
    const on = firstDay + 9;
    expect(knownListings(listings!, on, null).delistedOn[0]).toBe(on);
    expect(knownListings(listings!, on - 1, null).delistedOn[0]).toBe(2_147_483_647);
    expect(knownListings(listings!, on - 1, null).delistingReturn[0]).toBeNaN();
    const moved = knownListings(listings!, on - 1, 3);
    expect(moved.delistedOn[0]).toBeGreaterThanOrEqual(on);
    expect(moved.delistingReturn[0]).not.toBe(-0.5);
  });
});

describe('the terms of a replay', () => {
  it('leave of a bar’s own what its open can know', () => {
    const world = (replay: ReplayId) => worldOf(replay, momentOfDay(replay, 5));
    expect(world('cut')).toMatchObject({ closed: 5, macroDay: 5, future: 'absent' });
    expect(world('noise')).toMatchObject({ closed: 5, universeDay: 5, future: 'noise' });
    expect(world('own-bar')).toMatchObject({ closed: 4, opened: 5, attentionDay: 4 });
  });

  it('mark what is open at the end, and lift the cap for a bar’s own', () => {
    const asked = settingsOf({
      execution: { endOfData: 'open', maximumParticipation: 0.1 },
      costs: { booking: 'in-price' },
    });
    expect(settingsFor('cut', asked)).toMatchObject({
      execution: { endOfData: 'mark', maximumParticipation: 0.1 },
      costs: { booking: 'in-price' },
    });
    expect(settingsFor('own-bar', asked)).toMatchObject({
      execution: { endOfData: 'mark', maximumParticipation: null },
      costs: { booking: 'apart', tiers: 'off' },
    });
  });

  it('do not judge fills at a close by the bar they close', () => {
    expect(notApplicable('own-bar', plain)).toBeNull();
    const same = settingsOf({ execution: { fill: 'same-close' } });
    expect(notApplicable('cut', same)).toBeNull();
    expect(notApplicable('own-bar', same)).toContain('labelled optimistic');
  });
});

describe('a report', () => {
  const facts = {
    replay: 'cut' as const,
    notApplicable: null,
    unit: 'session' as const,
    tried: 5,
    of: 9,
    exhaustive: false,
    found: null,
  };
  const day = dayFromIso('2020-03-02');
  const sentence = (found: object) => sentenceOf({ ...facts, ...found });

  it('says what was tried', () => {
    expect(sentence({})).toBe(
      'Future cut off: 5 of 9 sessions tried, nothing in the past changed.',
    );
    expect(sentence({ exhaustive: true, tried: 9 })).toContain('all 9 sessions tried');
    expect(sentence({ notApplicable: 'fills at a close' })).toBe(
      'Future cut off: not applicable, fills at a close.',
    );
  });

  it('names the first change and the column it came from', () => {
    const difference = {
      day,
      symbol: 'A',
      kind: 'signal' as const,
      column: 'side',
      whole: 1,
      replay: 0,
    };
    const culprit = { column: 'smooth', day: day - 1, symbol: 'A', whole: null, replay: 3 };
    expect(sentence({ found: { session: day + 1, difference, culprit } })).toBe(
      'Future cut off: the past changed. With everything after 2020-03-03 cut off, the signal side of A on 2020-03-02 changes from 1 to 0. The first of the strategy’s columns to change is smooth: of A on 2020-03-01, from nothing to 3.',
    );
    const fill = { ...difference, kind: 'fill' as const, column: 'entry', replay: null };
    expect(
      sentence({ replay: 'own-bar', found: { session: day, difference: fill, culprit: null } }),
    ).toContain('the entry of A on 2020-03-02 is not there any more');
    const curve = { ...difference, kind: 'equity' as const, symbol: null, column: 'cash' };
    expect(
      sentence({ replay: 'noise', found: { session: day, difference: curve, culprit: null } }),
    ).toContain('the curve’s cash on 2020-03-02 changes from 1 to 0');
  });
});
