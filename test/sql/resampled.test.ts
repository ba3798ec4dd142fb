import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar.ts';
import type { BarsMade } from '../../src/domain/study/session.ts';
import type { BarClock } from '../../src/domain/time/bar-clock.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { readBars } from '../../workers/services/bars.ts';
import { frameOf, makeBars, sourceOf } from '../../workers/services/frame.ts';
import { type Bar, type Code, barsOf, loadTimedBars, plainly } from './timed-bars.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

async function resampled(code: Code, bars: readonly Bar[], settings: BarsMade): Promise<Bar[]> {
  const frame = frameOf(loadTimedBars(engine, code, bars), { bars: settings });
  await makeBars(frame, engine, false);
  const made = await readBars(engine, ['A'], sourceOf(frame));
  return Array.from(made.day, (day, row) => ({
    day,
    opens: made.clock!.opens[row]!,
    known: made.clock!.known[row]!,
    open: made.open[row]!,
    high: made.high[row]!,
    low: made.low[row]!,
    close: made.close[row]!,
    volume: made.volume[row]!,
  }));
}

describe('bars of a longer length', () => {
  it('are those of a plain loop, at any length, in any hours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS', 'CRYPTO'),
        fc.constantFrom('2024-03-06', '2024-10-31', '2024-11-25', '2023-12-27'),
        fc.integer({ min: 3, max: 12 }),
        fc.array(fc.boolean(), { minLength: 7, maxLength: 23 }),
        fc.constantFrom<BarsMade['every']>(
          'given',
          '30min',
          '1h',
          '2h',
          '4h',
          'session',
          'week',
          'month',
        ),
        fc.constantFrom('all', 'regular'),
        async (code, from, days, missing, every, hours) => {
          const bars = barsOf(code, from, days, [...missing, false]);
          const settings = { every, hours };
          expect(await resampled(code, bars, settings)).toEqual(plainly(code, bars, settings));
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('know nothing of what comes after them: cut anywhere, those that were over keep their bits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS'),
        fc.constantFrom<BarsMade['every']>('30min', '1h', 'session', 'week'),
        fc.double({ min: 0.2, max: 0.95, noNaN: true }),
        async (code, every, share) => {
          const settings = { every, hours: 'all' } as const;
          const bars = barsOf(code, '2024-11-20', 12, [false, false, true]);
          const some = bars.slice(0, Math.ceil(bars.length * share));
          const whole = await resampled(code, bars, settings);
          const cut = await resampled(code, some, settings);
          expect(cut).toEqual(whole.filter(({ known }) => known <= some.at(-1)!.known));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('a date that has bars and no session is not over before the next session opens', async () => {
    const usual = barsOf('XNYS', '2023-04-04', 6, [false]);
    const thursday = usual.filter(({ day }) => day === dayFromIso('2023-04-06'));
    const goodFriday = thursday.map((bar) => ({
      ...bar,
      day: bar.day + 1,
      opens: bar.opens + 86_400,
      known: bar.known + 86_400,
    }));
    const bars = [...usual, ...goodFriday].sort((a, b) => a.opens - b.opens);
    for (const every of ['session', 'week'] as const) {
      const settings = { every, hours: 'all' } as const;
      const whole = await resampled('XNYS', bars, settings);
      const monday = usual.find(({ day }) => day === dayFromIso('2023-04-10'))!;
      const cut = bars.slice(0, bars.indexOf(goodFriday[9]!));
      expect(await resampled('XNYS', cut, settings)).toEqual(
        whole.filter(({ known }) => known <= cut.at(-1)!.known),
      );
      expect(whole.find(({ day }) => day === goodFriday[0]!.day)?.known).toBe(monday.opens + 3600);
    }
  });

  it('a half day’s last hour ends with it', async () => {
    const bars = barsOf('XNYS', '2024-11-29', 0, [false]);
    const made = await resampled('XNYS', bars, { every: '2h', hours: 'regular' });
    // 9:30, 11:30, and 13:00 in place of 13:30.
    expect(made.map(({ opens, known }) => (known - opens) / 60)).toEqual([120, 90]);
  });

  it('shorter ones than the data’s, and parts of them, are refused with what to do', () => {
    const clock: BarClock = {
      seconds: 900,
      places: [{ exchange: null, zone: 'UTC' }],
      placeOf: [0],
    };
    const frame = (every: BarsMade['every']) => () =>
      frameOf(clock, { bars: { every, hours: 'all' } });
    expect(frame('5min')).toThrow('Bars of 5min cannot be made: these last 900 seconds.');
    expect(frame('10min')).toThrow(/cannot be made/);
    expect(() => frameOf(undefined, { bars: { every: 'week', hours: 'all' } })).toThrow(
      /dated by days/,
    );
  });
});
