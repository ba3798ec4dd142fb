/** daily(x), weekly(x), monthly(x) and every(length, x): held to plain loops over the longer bars. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { monthOf } from '../../src/domain/calendar.ts';
import { checkExpression } from '../../src/domain/strategies/custom/language/check.ts';
import { compile } from '../../src/domain/strategies/custom/compile.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import type { DatasetFacts } from '../../src/domain/strategies/strategy.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import type { BarsMade } from '../../src/domain/study/session.ts';
import { randomStream } from '../../src/domain/random.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { frameOf, makeBars } from '../../workers/services/frame.ts';
import { computeFeatures } from '../../workers/services/signals.ts';
import { type BarRow, factsOf, loadBars, scales, sp500 } from './lab.ts';
import { rows } from './rows.ts';
import { type Bar, type Code, barsOf, loadTimedBars, plainly } from './timed-bars.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

type Value = number | boolean | null;

/** What an expression yields at every bar. */
async function valuesIn(
  tables: FeatureTables,
  expression: string,
  facts: DatasetFacts,
): Promise<Value[]> {
  const part = checkExpression(expression, 'number') === null ? 'score' : 'entry';
  const { sql, inputs } = compile({ [part]: expression }, facts);
  await tables.compute(Object.values(inputs), scales);
  const text = tables.bind(`WITH ${sql} SELECT ${part} AS x FROM said ORDER BY row`, inputs);
  return rows<{ x: Value }>(await engine.query(text)).map(({ x }) => x);
}

const tenMinutes: DatasetFacts = { ...factsOf(['A']), barSeconds: { data: 600, own: 600 } };

/** The same over bars of ten minutes, in a study of these hours. */
async function valuesOver(
  code: Code,
  bars: readonly Bar[],
  hours: BarsMade['hours'],
  expression: string,
): Promise<Value[]> {
  const frame = frameOf(loadTimedBars(engine, code, bars), { bars: { every: 'given', hours } });
  await makeBars(frame, engine, false);
  const tables = new FeatureTables(engine);
  tables.frame = frame;
  return valuesIn(tables, expression, tenMinutes);
}

interface Priced {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}
type Loop = (all: readonly Priced[], i: number) => Value;

/** What stands in the brackets, and the same at the i-th of the longer bars, in a loop. */
const brackets: readonly (readonly [string, Loop])[] = [
  ['close', (all, i) => all[i]!.close],
  ['high - low', (all, i) => all[i]!.high - all[i]!.low],
  ['sma(2)', (all, i) => (i < 1 ? null : (all[i - 1]!.close + all[i]!.close) / 2)],
  ['prev(highest(2))', (all, i) => (i < 2 ? null : Math.max(all[i - 2]!.high, all[i - 1]!.high))],
  ['close > prev(close)', (all, i) => (i < 1 ? null : all[i]!.close > all[i - 1]!.close)],
  [
    'min(low) OVER (PARTITION BY symbol ORDER BY date ROWS 1 PRECEDING)',
    (all, i) => Math.min(all[Math.max(0, i - 1)]!.low, all[i]!.low),
  ],
  [
    'accumulate(0, CASE WHEN close > 102 THEN prior + 1 ELSE 0 END)',
    (all, i) => all.slice(0, i + 1).reduce((run, bar) => (bar.close > 102 ? run + 1 : 0), 0),
  ],
];

/** At each bar the value of the last longer one that is over by then. */
const beside = <T, L extends Priced>(
  bars: readonly T[],
  longer: readonly L[],
  isOver: (longer: L, bar: T) => boolean,
  value: Loop,
): Value[] =>
  bars.map((bar) => {
    const i = longer.findLastIndex((one) => isOver(one, bar));
    return i < 0 ? null : value(longer, i);
  });

const nearly = (values: readonly Value[]): unknown[] =>
  values.map((value): unknown => (typeof value === 'number' ? expect.closeTo(value, 8) : value));

const calls = {
  session: (x: string) => `daily(${x})`,
  week: (x: string) => `weekly(${x})`,
  '30min': (x: string) => `every('30min', ${x})`,
  '4h': (x: string) => `every('4h', ${x})`,
} as const;
const lengths = Object.keys(calls) as (keyof typeof calls)[];

describe('on bars with times', () => {
  const isOver = (longer: Bar, bar: Bar): boolean => longer.known <= bar.known;

  it('a value is that of the newest longer bar that was over, at any length, half days too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS', 'CRYPTO'),
        fc.constantFrom('2024-03-06', '2024-11-25', '2023-12-27'),
        fc.integer({ min: 3, max: 9 }),
        fc.array(fc.boolean(), { minLength: 7, maxLength: 23 }),
        fc.constantFrom(...lengths),
        fc.constantFrom<BarsMade['hours']>('all', 'regular'),
        fc.constantFrom(...brackets),
        async (code, from, days, missing, every, hours, [x, value]) => {
          const bars = barsOf(code, from, days, [...missing, false]);
          const own = plainly(code, bars, { every: 'given', hours });
          const longer = plainly(code, bars, { every, hours });
          expect(await valuesOver(code, bars, hours, calls[every](x))).toEqual(
            nearly(beside(own, longer, isOver, value)),
          );
        },
      ),
      { numRuns: 50 },
    );
  }, 120_000);

  it('taken before its day is over, a value would be another: this would be seen', async () => {
    const bars = barsOf('XNYS', '2024-11-25', 6, [false, false, true]);
    const days = plainly('XNYS', bars, { every: 'session', hours: 'all' });
    const found = await valuesOver('XNYS', bars, 'all', 'daily(high - low)');
    const range: Loop = (all, i) => all[i]!.high - all[i]!.low;
    expect(found).toEqual(nearly(beside(bars, days, isOver, range)));
    const early = beside(bars, days, (day, bar) => day.opens <= bar.opens, range);
    const differing = early.filter(
      (value, row) => Math.abs((value as number) - (found[row]! as number)) > 0.1,
    );
    expect(differing.length).toBeGreaterThan(bars.length / 4);
  });

  it('cut anywhere, what was known keeps its bits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Code>('XNYS', 'XTKS'),
        fc.constantFrom(...lengths),
        fc.constantFrom(
          ...brackets,
          ['ema(high - low, 3)'],
          ['avg(close / 3) OVER (PARTITION BY symbol ORDER BY date)'],
        ),
        fc.double({ min: 0.2, max: 0.95, noNaN: true }),
        async (code, every, [x], share) => {
          const bars = barsOf(code, '2024-11-20', 12, [false, false, true]);
          const some = bars.slice(0, Math.ceil(bars.length * share));
          const whole = await valuesOver(code, bars, 'all', calls[every](x));
          expect(await valuesOver(code, some, 'all', calls[every](x))).toEqual(
            whole.slice(0, some.length),
          );
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it.each([
    'avg(close) OVER (PARTITION BY date)',
    'sum(close / 3) OVER (PARTITION BY symbol ORDER BY date ROWS 3 PRECEDING)',
    "of('A', close)",
  ])('%s knows nothing of later bars of its date', async (expression) => {
    const bars = barsOf('XNYS', '2024-11-25', 1, [false]);
    const whole = await valuesOver('XNYS', bars, 'all', expression);
    const some = await valuesOver('XNYS', bars.slice(0, 20), 'all', expression);
    expect(whole).toHaveLength(bars.length);
    expect(some).toEqual(whole.slice(0, 20));
  });
});

describe('on bars dated by days', () => {
  const { uniform, normal } = randomStream(5, 'longer');
  /** Two symbols of some hundred days with holes, weekends among them. */
  const bars: BarRow[] = [0, 1].flatMap((sym) => {
    let close = 100;
    return Array.from({ length: 400 }, (_, i) => 18_003 + i)
      .filter((day) => uniform() > ((day + 3) % 7 > 4 ? 0.8 : 0.1) && day > 18_003 + 90 * sym)
      .map((day) => {
        const open = close;
        close *= 1 + 0.02 * normal();
        const [high, low] = [Math.max(open, close) + 0.1, Math.min(open, close) - 0.1];
        return { sym, day, open, high, low, close, volume: 100 };
      });
  });
  const periods = { week: (day: number) => Math.floor((day + 3) / 7), month: monthOf };
  const named = { week: 'weekly', month: 'monthly' };

  /** What a loop over days finds: a period is over when a later one has begun. */
  const looped = (all: readonly BarRow[], of: (day: number) => number, value: Loop): Value[] =>
    [0, 1].flatMap((sym) => {
      const own = all.filter((bar) => bar.sym === sym);
      const longer = [...new Set(own.map(({ day }) => of(day)))].map((period) => {
        const days = own.filter(({ day }) => of(day) === period);
        return {
          period,
          high: Math.max(...days.map(({ high }) => high)),
          low: Math.min(...days.map(({ low }) => low)),
          close: days.at(-1)!.close,
        };
      });
      return beside(own, longer, ({ period }, { day }) => period < of(day), value);
    });

  it.each(
    Object.keys(periods).flatMap((period) =>
      brackets.map(([x, value]) => [period, x, value] as const),
    ),
  )('a %s is over when the next has begun: %s', async (period, x, value) => {
    const of = periods[period as 'week'];
    const found = await valuesIn(
      loadBars(engine, bars),
      `${named[period as 'week']}(${x})`,
      factsOf(['A', 'B']),
    );
    expect(found).toEqual(nearly(looped(bars, of, value)));
  });

  it('cut anywhere, what was known keeps its bits', async () => {
    const expression = 'close > weekly(sma(3)) AND prev(monthly(rsi(2)), 4) < 60';
    const facts = factsOf(['A', 'B']);
    const whole = await valuesIn(loadBars(engine, bars), expression, facts);
    for (const until of [18_100, 18_101, 18_127, 18_200, 18_307]) {
      const kept = bars.map(({ day }) => day <= until);
      const cut = loadBars(
        engine,
        bars.filter((_, row) => kept[row]),
      );
      expect(await valuesIn(cut, expression, facts)).toEqual(whole.filter((_, row) => kept[row]));
    }
  });

  it('what it looks back on longer bars is its warm-up: beyond it nothing excuses an unknown value', async () => {
    const tables = loadBars(engine, bars);
    const said = async (score: string): Promise<{ x: Value; unknown: boolean }[]> => {
      const { sql, inputs } = compile({ score }, factsOf(['A', 'B']));
      await tables.compute(Object.values(inputs), scales);
      const columns = 'score AS x, coalesce(score_unknown, false) AS unknown';
      const text = tables.bind(`WITH ${sql} SELECT ${columns} FROM said ORDER BY row`, inputs);
      return rows(await engine.query(text));
    };
    const lagged = await said('prev(weekly(rsi(4)), 6) + sma(3)');
    expect(lagged.filter(({ x }) => x === null).length).toBeGreaterThan(40);
    expect(lagged.filter(({ unknown }) => unknown)).toEqual([]);
    const known = await said('weekly(rsi(4)) + 0 * bar');
    const divided = await said('weekly(rsi(4)) / (bar % 2)');
    expect(divided.map(({ unknown }) => unknown)).toEqual(
      divided.map(({ x }, row) => x === null && known[row]!.x !== null),
    );
    expect(divided.some(({ unknown }) => unknown)).toBe(true);
  });
});

describe('a program', () => {
  it('says where in an expression the engine fails on longer bars', async () => {
    const tables = loadBars(engine, sp500());
    const parameters = { entry: 'bar > 3 AND weekly(sqrt(low - high)) > 1' };
    const study = completeStudy({ strategy: { id: 'custom', parameters } });
    const plan = planOf(study.strategy, factsOf(['A']));
    const context = { engine, tables, signal: new AbortController().signal };
    await expect(computeFeatures(study, plan, [], context)).rejects.toMatchObject({
      data: {
        kind: 'study',
        problem: expect.stringMatching(/square root of a negative number/) as string,
        place: { path: '/strategy/parameters/entry' },
      },
    });
  });

  it('asks for what is named often once, however it is spaced', () => {
    const { inputs, asked } = compile(
      { entry: 'weekly( SMA(3) ) < close AND weekly(sma(3)) > 2', score: '(weekly(sma(3)))' },
      factsOf(['A']),
    );
    expect(Object.keys(inputs)).toHaveLength(1);
    expect(Object.keys(asked)).toEqual(['weekly( SMA(3) )', 'weekly(sma(3))']);
  });

  const hours = (own: number): DatasetFacts => ({
    ...factsOf(['A']),
    barSeconds: { data: 3600, own },
  });
  const DAY = 86_400;
  it.each([
    [
      'daily(close) > 1',
      factsOf(['A']),
      'Bars for daily() cannot be made: these are dated by days, without an exchange.',
    ],
    [
      "every('4h', close) > 1",
      factsOf(['A']),
      'Bars for every() cannot be made: these are dated by days, without an exchange.',
    ],
    [
      "every('30min', close) > 1",
      hours(3600),
      'Bars for every() cannot be made: these last 3600 seconds.',
    ],
    ["every('1h', close) > 1", hours(3600), 'every() is of bars no longer than the study’s own.'],
    [
      "every('2h', close) > 1",
      hours(4 * 3600),
      'every() is of bars no longer than the study’s own.',
    ],
    ['close > daily(sma(3))', hours(DAY), 'daily() is of bars no longer than the study’s own.'],
    ['weekly(close) > 1', hours(28 * DAY), 'weekly() is of bars no longer than the study’s own.'],
  ])('%s is refused at its place, with what to do', (entry, facts, problem) => {
    const at = entry.search(/daily|weekly|every/);
    const value = /\w+\([^()]*(?:\(\d\))?\)/.exec(entry)![0];
    const place = { path: '/strategy/parameters/entry', line: 1, offset: at, value };
    expect(() => compile({ entry }, facts)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          problem,
          remedy: expect.stringMatching(/\w/),
          place: expect.objectContaining(place),
        }),
      }),
    );
  });
});
