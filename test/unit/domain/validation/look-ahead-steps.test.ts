import { describe, expect, it } from 'vitest';
import { type Clock, type Market, clockOf } from '../../../../src/domain/market.ts';
import {
  type Played,
  firstDifference,
} from '../../../../src/domain/validation/look-ahead-differences.ts';
import {
  choosePoints,
  pointsAt,
  pointsOfDays,
  pointsOfSteps,
} from '../../../../src/domain/validation/look-ahead-points.ts';
import {
  momentOfInstant,
  settingsFor,
} from '../../../../src/domain/validation/look-ahead-replays.ts';
import {
  underWay,
  withOpens,
  withSilence,
} from '../../../../src/domain/validation/look-ahead-under-way.ts';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import { sentenceOf } from '../../../../src/present/look-ahead-sentences.ts';
import { marketOf, plain, settingsOf, signalsOf } from '../execution/market-builder.ts';

const HOUR = 3600;
const day = 19_790;
const at = (hours: number): number => day * 86_400 + hours * HOUR;

/** Frankfurt from 8:00 to 11:00 and New York from 9:30 to 11:30, in hours and half hours. */
const frankfurt = [8, 9, 10].map((hour) => [at(hour), at(hour + 1)] as const);
const newYork = [9.5, 10.5].map((hour) => [at(hour), at(hour + 1)] as const);
const clock = clockOf(
  Float64Array.from([...frankfurt, ...newYork], ([opens]) => opens),
  Float64Array.from([...frankfurt, ...newYork], ([, known]) => known),
);
const bars = marketOf({
  DE: [
    [10, 12, 9, 11],
    [11, 13, 10, 12],
    [12, 14, 11, 13],
  ],
  US: [
    [20, 22, 19, 21],
    [21, 23, 20, 22],
  ],
});
const whole: Market & { readonly clock: Clock } = {
  ...bars,
  day: new Int32Array(5).fill(day),
  clock,
};

describe('the moment of an instant', () => {
  it('is before the opens of that instant, and, of a bar’s own replacement, after them', () => {
    const moment = (replay: 'cut' | 'own-bar') =>
      momentOfInstant(replay, at(9), whole, { timing: 'instants' });
    expect(moment('cut')).toMatchObject({ closed: at(9), opened: at(9) - 1 });
    expect(moment('own-bar')).toMatchObject({ closed: at(9), opened: at(9) });
  });

  it('knows the values of days that are over, or of sessions that have closed', () => {
    expect(momentOfInstant('cut', at(10), whole, { timing: 'instants' })).toMatchObject({
      attentionDay: day,
      macroDay: day - 1,
      universeDay: day,
    });
    expect(momentOfInstant('cut', at(10), whole, { timing: 'dates' })).toMatchObject({
      macroDay: day,
    });
    const before = momentOfInstant('cut', at(8.5), whole, { timing: 'dates' });
    expect(before.macroDay).toBeLessThan(day);
    expect(before.universeDay).toBe(day);
  });
});

describe('bars under way', () => {
  const cut: Market = { ...whole, firstRow: Int32Array.of(0, 2, 2) };
  const moment = momentOfInstant('cut', at(10), whole, { timing: 'instants' });

  it('stand in the cut market by their opens alone', () => {
    // At 10:00 New York's bar of 9:30 is not over; Frankfurt's next begins with that very instant.
    const found = underWay(cut, whole, moment)!;
    expect([...found.rows]).toEqual([0, 1, -4]);
    const market = withOpens(cut, whole, found);
    expect([...market.firstRow]).toEqual([0, 2, 3]);
    expect([market.open[2], market.high[2], market.low[2], market.close[2]]).toEqual([
      20, 20, 20, 20,
    ]);
    expect(market.volume[2]).toBeNaN();
    expect(market.clock!.known[2]).toBe(at(10.5));
    const signals = withSilence(signalsOf(bars, { DE: { 0: { side: 1 }, 1: { exit: 1 } } }), found);
    expect([...signals.side]).toEqual([1, 0, 0]);
    expect([...signals.exit]).toEqual([0, 1, 0]);
    expect(signals.sizeFactor[2]).toBe(1);
    expect(signals.score[2]).toBeNaN();
  });

  it('are none where every bar is over, and where bars have no times', () => {
    expect(
      underWay(cut, whole, momentOfInstant('cut', at(8), whole, { timing: 'instants' })),
    ).toBeNull();
    const { clock: _, ...dated } = whole;
    expect(underWay(dated, dated, moment)).toBeNull();
  });

  it('lift the cap by volume on both sides', () => {
    const capped = settingsOf({ execution: { maximumParticipation: 0.1 } });
    expect(settingsFor('cut', capped, true).execution.maximumParticipation).toBeNull();
    expect(settingsFor('noise', capped, false).execution.maximumParticipation).toBe(0.1);
  });
});

describe('steps to try', () => {
  const days = Int32Array.from([...Array<number>(10).fill(5), ...Array<number>(10).fill(6)]);
  const opens = Float64Array.from(days, (_, step) => step * HOUR);
  const points = pointsOfSteps(days, { opens, known: opens.map((one) => one + HOUR) });

  it('know where sessions begin and end, and where other bars are under way', () => {
    expect(points.edges).toEqual([0, 9, 10, 19]);
    const overlapping = opens.map((one, step) => (step === 4 ? one - 1 : one));
    const found = pointsOfSteps(days, {
      opens: overlapping,
      known: opens.map((one) => one + HOUR),
    });
    expect(found.edges).toEqual([0, 4, 9, 10, 19]);
  });

  it('are a quarter of them such', () => {
    const chosen = [...choosePoints(20, [3, 4, 5, 6, 7], 10, 1, points.edges)];
    expect(chosen).toHaveLength(10);
    expect(chosen.filter((step) => [3, 4, 5, 6, 7].includes(step)).length).toBeGreaterThanOrEqual(
      4,
    );
    expect(chosen).toEqual(expect.arrayContaining([0, 18]));
    expect(chosen.filter((step) => points.edges.includes(step)).length).toBeGreaterThanOrEqual(3);
  });

  it('are of a bar the step that is known with it, and that which opens with it', () => {
    const market = { ...whole, clock: clockOf(Float64Array.of(7200), Float64Array.of(14_400)) };
    expect(pointsAt([0], market, points)).toEqual([3, 2]);
    expect(pointsAt([4], whole, pointsOfDays(Int32Array.of(day - 1, day)))).toEqual([1]);
  });
});

describe('differences in time', () => {
  const played = (said: object): Played => {
    const signals = signalsOf(bars, { DE: { 0: { side: 1 }, ...said } });
    return { market: whole, signals, simulation: simulate(whole, signals, plain) };
  };
  const past = (instant: number) => ({ closed: instant, opened: -Infinity, curve: true });

  it('are told by the instant, which the end of the session hides', () => {
    const other = played({ 1: { exit: 1 } });
    expect(firstDifference(played({}), other, past(at(9)), plain.execution)).toBeNull();
    const difference = firstDifference(played({}), other, past(at(10)), plain.execution)!;
    expect(difference).toMatchObject({ kind: 'signal', column: 'exit', day, at: at(10) });
    const text = (zone: string | null): string =>
      sentenceOf(
        {
          ...{
            replay: 'cut',
            notApplicable: null,
            unit: 'step',
            tried: 1,
            of: 4,
            exhaustive: false,
          },
          found: { session: day, at: at(10), difference, culprit: null },
        },
        zone,
      );
    expect(text('Europe/Berlin')).toBe(
      'Future cut off: the past changed. With everything after 2024-03-08 11:00 cut off, the signal exit of DE on 2024-03-08 11:00 changes from 0 to 1.',
    );
    expect(text(null)).toContain('after 2024-03-08 cut off');
  });
});
