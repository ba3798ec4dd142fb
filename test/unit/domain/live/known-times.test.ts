import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { liveSettings } from '../../../../src/domain/live/gate.ts';
import { nextStepOf } from '../../../../src/domain/live/next-step.ts';
import { stepAt, stepKnownAt } from '../../../../src/domain/live/times.ts';
import { type Clock, type Market, stepTimes } from '../../../../src/domain/market.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { flat, marketOf } from '../execution/market-builder.ts';

const daysOf = (...days: string[]) => ({
  day: Int32Array.from(days, dayFromIso),
  number: Int32Array.from(days, dayFromIso),
});
const bare = marketOf({ A: [flat(1)] });

describe('the step after the last', () => {
  it('is the next weekday where there are no weekends, the next day where there are, a week later of weeks', () => {
    const next = (...days: string[]) => nextStepOf(bare, daysOf(...days)).day;
    expect(next('2026-11-25', '2026-11-26', '2026-11-27')).toBe(dayFromIso('2026-11-30'));
    expect(next('2026-11-27', '2026-11-28', '2026-11-29')).toBe(dayFromIso('2026-11-30'));
    expect(next('2026-11-13', '2026-11-20', '2026-11-27')).toBe(dayFromIso('2026-12-04'));
  });

  it('is in the session that is under way, or the next one, by the calendar', () => {
    const hour = 3600;
    const [open, close] = [14.5 * hour, 21 * hour];
    const next = 86_400 + open;
    const market = (known: number): Market => ({
      ...bare,
      clock: {
        opens: Float64Array.of(known - hour),
        known: Float64Array.of(known),
        step: Int32Array.of(0),
        hours: {
          places: [
            {
              day: Int32Array.of(0, 1),
              open: Float64Array.of(open, next),
              close: Float64Array.of(close, next + 6.5 * hour),
              ahead: new Int32Array(2),
            },
          ],
          placeOf: Int32Array.of(0),
          seconds: hour,
        },
      } satisfies Clock,
    });
    const after = (known: number) => {
      const one = { ...market(known), day: Int32Array.of(0) };
      return nextStepOf(one, stepTimes(one, -Infinity, Infinity));
    };
    expect(after(20.5 * hour)).toEqual({ day: 0, clock: { opens: 20.5 * hour, known: close } });
    expect(after(close)).toEqual({ day: 1, clock: { opens: next, known: next + hour } });
  });
});

describe('instants among steps', () => {
  const steps = daysOf('2026-11-26', '2026-11-27');
  const at = (text: string): number => Date.parse(text) / 1000;

  it('lie in the first that is known after them', () => {
    expect(stepAt(steps, at('2026-11-26T15:00Z'))).toBe(0);
    expect(stepAt(steps, at('2026-11-27T00:00Z'))).toBe(1);
    expect(stepAt(steps, at('2026-11-28T00:00Z'))).toBe(2);
    expect(stepKnownAt(steps, at('2026-11-27T00:00Z'))).toBe(0);
    expect(stepKnownAt(steps, at('2026-11-26T00:00Z'))).toBe(-1);
  });
});

describe('what no market can trade', () => {
  it.each([
    ['/execution/fill', { execution: { fill: 'same-close' } }],
    ['/risk/accounts', { risk: { accounts: 'per-symbol' } }],
    ['/contributions/amount', { contributions: { amount: 100 } }],
  ])('is refused with its place: %s', (path, study) => {
    expect(() => liveSettings(completeStudy(study))).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          place: expect.objectContaining({ path }) as object,
        }) as object,
      }) as Error,
    );
  });

  it('is not that a backtest closes what is open at its end', () => {
    const study = completeStudy({ execution: { endOfData: 'close' } });
    expect(liveSettings(study).execution.endOfData).toBe('mark');
  });
});
