import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import { type DatedTrades, type ExitReason, exitReasons } from '../../../src/domain/run.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import {
  type ExplainedRun,
  type ExplainedSeries,
  explainTrade,
} from '../../../src/present/explain-trade.ts';

const number = (value: number) => Float64Array.of(value);
const day = (iso: string) => Int32Array.of(dayFromIso(iso));

/** One long of 100 A, signalled on the third bar of the market, at row 12. */
const trades = (more: Partial<DatedTrades> & { why?: ExitReason | null } = {}): DatedTrades => {
  const { why = 'trailing', ...columns } = more;
  const zero = number(0);
  return {
    length: 1,
    symbol: Int32Array.of(0),
    side: Int8Array.of(1),
    signalRow: Int32Array.of(12),
    entryRow: Int32Array.of(13),
    exitRow: Int32Array.of(15),
    entryStep: Int32Array.of(3),
    exitStep: Int32Array.of(5),
    signalDay: day('2020-01-06'),
    entryDay: day('2020-01-07'),
    exitDay: day('2020-01-09'),
    quantity: number(100),
    entryPrice: number(50),
    exitPrice: number(51),
    reason: Int8Array.of(why === null ? -1 : exitReasons.indexOf(why)),
    stop: number(48),
    target: number(54),
    score: number(4.5),
    gross: number(100),
    commission: number(2),
    spread: number(3),
    slippage: zero,
    impact: zero,
    borrow: zero,
    net: number(95),
    bars: Int32Array.of(3),
    ambiguous: Uint8Array.of(0),
    mae: zero,
    mfe: zero,
    ...columns,
  };
};

const run = (more: Parameters<typeof trades>[0] = {}, study: object = {}): ExplainedRun => ({
  study: completeStudy(study),
  symbols: ['A'],
  trades: trades(more),
});

const column = (value: number) => Float64Array.of(0, 0, value, 0, 0, 0);
const series: ExplainedSeries = {
  firstRow: 10,
  label: 'Panic Score',
  threshold: 3,
  value: column(4.5),
  parts: [
    { label: 'z of the range', unit: 'number', weight: 1, value: column(2.5) },
    { label: 'z of attention', unit: 'number', weight: 0.8, value: column(2.5) },
    { label: 'CRI', unit: 'number', least: 0.4, value: column(0.61) },
    { label: 'Return over 5 bars', unit: 'percent', value: column(0.042) },
  ],
  stops: {
    trade: Int32Array.of(0),
    start: Int32Array.of(0, 3),
    firstRow: Int32Array.of(13),
    level: Float64Array.of(48, 50.25, 51),
    whose: Int8Array.of(0, 2, 2),
  },
};
const still = { ...series.stops, level: Float64Array.of(48, 48, 48) };

describe('a trade in one sentence', () => {
  it('says score, parts, threshold, CRI, fill, levels, the stop’s way and the result', () => {
    expect(explainTrade(run(), series, 0)).toBe(
      'Long 100 A: at the close of 2020-01-06 Panic Score was 4.50, above the threshold of 3 ' +
        '(z of the range 2.50 × 1, z of attention 2.50 × 0.8, CRI 0.61, at least 0.4 wanted, ' +
        'Return over 5 bars 4.20\u202f%); it filled at the next bar’s open on 2020-01-07 at 50.00, ' +
        'with the stop at 48.00 and the target at 54.00; the trailing stop moved 2 times to 51.00; ' +
        'out on 2020-01-09 at 51.00 by trailing stop, after 3 bars: 2.00\u202f% of the price, ' +
        'net 95.00 after costs of 5.00.',
    );
  });

  it('says of a short that is open what it is marked at, and that it has no levels', () => {
    const none = number(NaN);
    const open = run(
      { side: Int8Array.of(-1), why: null, stop: none, target: none },
      { execution: { fill: 'same-close' } },
    );
    const plain = { ...series, threshold: null, parts: [], stops: still };
    expect(explainTrade(open, plain, 0)).toBe(
      'Short 100 A: at the close of 2020-01-06 Panic Score was 4.50; it filled at that same close on ' +
        '2020-01-07 at 50.00, without stop or target; it is open, marked at 51.00, after 3 bars: ' +
        '−2.00\u202f% of the price, net 95.00 after costs of 5.00.',
    );
  });

  it('says which order filled, which of two was taken, and what was seen before a delay', () => {
    const delayed = run(
      { why: 'stop', ambiguous: Uint8Array.of(1) },
      { execution: { order: 'limit', delay: 2 } },
    );
    const before = { ...series, parts: [], value: Float64Array.of(3.2, 0, 0, 0), stops: still };
    expect(explainTrade(delayed, before, 0)).toMatch(
      /at the close of 2020-01-06, 2 bars after the signal, Panic Score was 3\.20, above .*; its limit order filled on .*; out on 2020-01-09 at 51\.00 by stop \(the bar may have touched stop and target: the stop was taken\), after/,
    );
  });

  it('has words where the strategy’s number is unknown, and prints no number that is none', () => {
    const unknown = { ...series, value: column(NaN) };
    const said = explainTrade(run(), unknown, 0);
    expect(said).toContain('at the close of 2020-01-06 the strategy said so;');
    expect(said).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('tells printed prices where there were splits, and no linked level beside them', () => {
    const printed = number(25);
    const asTraded = {
      ...{ quantity: number(200), entryPrice: printed, exitPrice: number(25.5) },
      ...{ stop: number(24), target: number(27) },
    };
    const said = explainTrade(run({ asTraded }), series, 0);
    expect(said).toContain('Long 200 A');
    expect(said).toContain(
      'at 25.00, with the stop at 24.00 and the target at 27.00; the trailing stop moved 2 times;',
    );
  });

  it('names the bars by when they open, where they are within days', () => {
    const at = (text: string): Float64Array => Float64Array.of(Date.parse(text) / 1000);
    const zone = 'America/New_York';
    const clock = { seconds: 300, places: [{ exchange: 'XNYS', zone }], placeOf: [0] };
    const instants = {
      signal: at('2020-01-06T14:30Z'),
      entry: at('2020-01-06T14:35Z'),
      exit: at('2020-01-06T15:00Z'),
    };
    const said = explainTrade({ ...run({ at: instants }), clock }, series, 0);
    expect(said).toContain('at the close of the bar of 2020-01-06 09:30 Panic Score was 4.50');
    expect(said).toContain('next bar’s open in the bar of 2020-01-06 09:35 at 50.00');
    expect(said).toContain('out in the bar of 2020-01-06 10:00 at 51.00');
  });
});
