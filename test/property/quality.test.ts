import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import type { QualityKind } from '../../src/domain/quality.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

interface Bar {
  readonly day: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Days on which each kind of market trades. */
const calendars = {
  weekdays: (i: number) => 16_804 + Math.floor(i / 5) * 7 + (i % 5), // From a Monday on.
  'round the clock': (i: number) => 16_804 + i,
  weeks: (i: number) => 16_804 + 7 * i,
  months: (i: number) => Date.UTC(2016, i, 1) / 864e5,
} as const;
type Calendar = keyof typeof calendars;

const move = fc.record({
  night: fc.integer({ min: -40, max: 40 }).filter((night) => night !== 0),
  day: fc.integer({ min: -60, max: 60 }),
  up: fc.integer({ min: 1, max: 50 }),
  down: fc.integer({ min: 1, max: 50 }),
  volume: fc.integer({ min: 1, max: 1_000_000 }),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
const moves = fc.array(move, { minLength: 60, maxLength: 90 });

/** Bars that move by some per mille from one to the next. */
function barsOf(steps: readonly Move[], on: Calendar): Bar[] {
  let close = 50;
  return steps.map(({ night, day, up, down, volume }, i) => {
    const open = close * (1 + night / 1000);
    close = open * (1 + day / 1000);
    const high = Math.max(open, close) * (1 + up / 1000);
    const low = Math.min(open, close) * (1 - down / 1000);
    return { day: calendars[on](i), open, high, low, close, volume };
  });
}

const lineOf = ({ day, open, high, low, close, volume }: Bar): string =>
  [isoFromDay(day), open, high, low, close, volume].join(',');
const fileOf = (name: string, bars: readonly Bar[]) =>
  file(`${name}.csv`, ['date,open,high,low,close,volume', ...bars.map(lineOf)].join('\n'));

const findingsOf = async (...files: Parameters<typeof importAll>[1]) =>
  (await importAll(engine, files)).summary.quality.findings.map(
    ({ kind, symbol, count, day, place: { file: name, line, column } }) =>
      `${symbol}: ${kind} × ${count}, ${isoFromDay(day!)} in ${name} line ${line}, ${column}`,
  );

const times = (bar: Bar, factor: number): Bar => ({
  ...bar,
  open: bar.open * factor,
  high: bar.high * factor,
  low: bar.low * factor,
  close: bar.close * factor,
});

/** What a fault makes of a symbol's bars at a place; how many it counts, and at which bar of the file and field. */
interface Planted {
  readonly bars: readonly Bar[];
  readonly count?: number;
  readonly at: number;
  readonly column: string;
}
const faults: Partial<
  Record<QualityKind, (bars: readonly Bar[], at: number, n: number) => Planted>
> = {
  duplicate: (bars, at) => ({
    bars: bars.toSpliced(at + 3, 0, bars[at]!),
    at: at + 3,
    column: 'date',
  }),
  disorder: (bars, at, n) => ({
    bars: bars.toSpliced(at, 1).toSpliced(at + n, 0, bars[at]!),
    at: at + n,
    column: 'date',
  }),
  outside: (bars, at) => ({
    bars: bars.with(at, { ...bars[at]!, open: bars[at]!.high * 1.01 }),
    at,
    column: 'close',
  }),
  point: (bars, at, n) => ({
    bars: bars.map((bar, i) => (i >= at && i < at + n ? times(bar, n % 2 === 0 ? 0.1 : 100) : bar)),
    count: n,
    at,
    column: 'close',
  }),
  split: (bars, at) => ({
    bars: bars.map((bar, i) =>
      i < at ? bar : i === at ? sameLevel(bars[at - 1]!, bar, 1 / 4) : times(bar, 1 / 4),
    ),
    at,
    column: 'open',
  }),
  stale: (bars, at, n) => ({
    bars: bars.map((bar, i) => (i >= at && i < at + 4 + n ? { ...bars[at]!, day: bar.day } : bar)),
    count: 4 + n,
    at,
    column: 'close',
  }),
  gap: (bars, at) => ({ bars: bars.toSpliced(at, 12), at, column: 'date' }),
  weekend: (bars, at) => ({
    bars: bars.with(at - (at % 5) + 4, {
      ...bars[at - (at % 5) + 4]!,
      day: bars[at - (at % 5) + 4]!.day + 1,
    }),
    at: at - (at % 5) + 4,
    column: 'date',
  }),
  untraded: (bars, at) => ({
    bars: bars.with(at, { ...bars[at]!, volume: 0 }),
    at,
    column: 'volume',
  }),
};

/** A bar that opens where another closed, divided by a split. */
const sameLevel = (before: Bar, bar: Bar, factor: number): Bar => {
  const open = before.close * factor;
  return { ...bar, open, close: open, high: open * 1.01, low: open * 0.99 };
};

describe('the quality of bars', () => {
  it('finds nothing in clean bars, whatever the market’s days and the order of the file', async () => {
    const world = fc.record({
      on: fc.constantFrom(...(Object.keys(calendars) as Calendar[])),
      one: moves,
      other: moves,
      newestFirst: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ on, one, other, newestFirst }) => {
        const length = Math.min(one.length, other.length);
        const [a, b] = [one, other].map((steps) => barsOf(steps.slice(0, length), on));
        expect(
          await findingsOf(fileOf('AAA', newestFirst ? a!.toReversed() : a!), fileOf('BBB', b!)),
        ).toEqual([]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it.each(Object.entries(faults))('finds %s at its place', async (kind, plant) => {
    const world = fc.record({
      one: moves,
      other: moves,
      at: fc.integer({ min: 10, max: 35 }),
      n: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ one, other, at, n }) => {
        const length = Math.min(one.length, other.length);
        const [a, b] = [one, other].map((steps) => barsOf(steps.slice(0, length), 'weekdays'));
        const { bars, count = 1, at: place, column } = plant(a!, at, n);
        expect(await findingsOf(fileOf('AAA', bars), fileOf('BBB', b!))).toEqual([
          `AAA: ${kind} × ${count}, ${isoFromDay(bars[place]!.day)} in AAA.csv line ${place + 2}, ${column}`,
        ]);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('finds a symbol that ends long before the others, and leaves a bar out whose price is not above zero', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.integer({ min: 12, max: 30 }), async (steps, at) => {
        const bars = barsOf(steps, 'weekdays');
        const negative = bars.with(at, { ...bars[at]!, low: -40.32, close: -36.98 });
        expect(
          await findingsOf(fileOf('AAA', bars.slice(0, at)), {
            ...fileOf('NEG', negative),
            leavesOutFaults: true,
          }),
        ).toEqual([
          `AAA: early-end × 1, ${isoFromDay(bars[at - 1]!.day)} in AAA.csv line ${at + 1}, date`,
        ]);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
