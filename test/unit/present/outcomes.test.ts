import { describe, expect, test } from 'vitest';
import { simulateFills } from '../../../src/domain/execution/simulate.ts';
import { neverEntered, staleAtTheEnd, tooDear } from '../../../src/present/notes/outcomes.ts';
import {
  firstDay,
  flat,
  listed,
  marketOf,
  settingsOf,
  signalsOf,
} from '../domain/execution/market-builder.ts';

const texts = (notes: readonly { readonly text: string }[]) => notes.map(({ text }) => text);

describe('nothing was entered', () => {
  const market = marketOf({ 'BRK.A': [flat(600_000), flat(600_000)] });
  const signals = signalsOf(market, { 'BRK.A': { 0: { side: 1 } } });
  const whole = { rule: 'fraction', fraction: 0.1, maximum: null, whole: true } as const;

  test('a whole unit that is above what a position could be worth is named, with both amounts', () => {
    const run = simulateFills(market, signals, settingsOf({ size: whole }));
    expect(texts(tooDear(run, market))).toEqual([
      'One unit of BRK.A at 600,000.00 on 2024-01-02 is above the 1,000.00 that the position could be worth: nothing was bought. Allow parts of units (size.whole), larger positions, or more cash.',
    ]);
    expect(texts(neverEntered(run.orders, 2, null))).toEqual([
      'Never entered: 1 signal, none filled. Too small: 1.',
    ]);
  });

  test('as is one above all the cash; parts of it, and accounts apart, are told alike', () => {
    const of = (size: object, accounts: 'shared' | 'per-symbol' = 'shared') =>
      tooDear(simulateFills(market, signals, settingsOf({ size, risk: { accounts } })), market);
    expect(of({ ...whole, fraction: 20 })).toHaveLength(1);
    expect(of(whole, 'per-symbol')).toEqual(of(whole));
    expect(of({ ...whole, whole: false })).toEqual([]);
  });

  test('no signal says how the strategy’s number lay to its threshold', () => {
    const none = simulateFills(market, signalsOf(market, {}), settingsOf({})).orders;
    const charted = { label: 'Panic Score', threshold: 3, above: 0, known: 2000 };
    expect(texts(neverEntered(none, 2516, { ...charted, low: -1.5, high: 2.75 }))).toEqual([
      'Never entered: no signal on 2,516 bars. Panic Score was above 3 on 0 of 2,516, from −1.5 to 2.75.',
    ]);
    expect(texts(neverEntered(none, 2516, { ...charted, above: 4, low: 0, high: 5 }))[0]).toContain(
      'Other conditions kept those out.',
    );
    expect(
      texts(neverEntered(none, 5, { ...charted, known: 0, low: null, high: null }))[0],
    ).toContain('had no value on any');
  });
});

describe('a symbol whose bars end long before the data do', () => {
  const bars = Array.from({ length: 60 }, () => flat(10));
  const market = marketOf({ A: bars, GONE: bars.slice(0, 10) });
  const signals = signalsOf(market, { A: { 0: { side: 1 } }, GONE: { 0: { side: 1 } } });
  const stale = (of = market, endOfData: 'mark' | 'close' = 'mark') => {
    const settings = settingsOf({ size: { rule: 'units', units: 7 }, execution: { endOfData } });
    return texts(staleAtTheEnd(simulateFills(of, signals, settings), of, firstDay + 59));
  };

  test('is named with its last day, what was held at it, and what to do', () => {
    const told = [
      'Bars end long before the data do, and a position was held at the last close to the end: GONE (2024-01-10), 70.00 in all. Give a universe file with the day on which it ended and its delisting return.',
    ];
    expect(stale()).toEqual(told);
    expect(stale(market, 'close')).toEqual(told);
  });

  test('is not, where the universe says that it ended', () => {
    expect(stale(listed(market, { GONE: { delistedOn: 10, delistingReturn: -0.5 } }))).toEqual([]);
  });
});
