/** ema(x, n), accumulate(seed, step), of(symbol, x) and member(): held to plain loops. */
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { compile } from '../../src/domain/strategies/custom/compile.ts';
import { customPreview } from '../../src/domain/strategies/custom/preview.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { type BarRow, factsOf, loadAttention, loadBars, scales } from './lab.ts';
import { randomStream } from '../../src/domain/random.ts';
import { rows } from './rows.ts';

const symbols = ['AA', 'BB', "C'C"];
const { uniform, normal, below } = randomStream(11, 'made columns');

/** Three symbols of 70 to 200 bars with holes; some volumes are 0 or missing. */
const bars: BarRow[] = symbols.flatMap((_, sym) => {
  let close = 50;
  return Array.from({ length: 200 }, (_, i) => i)
    .filter((i) => i >= 30 * sym && i < 200 - 50 * sym && uniform() > 0.1)
    .map((i) => {
      const open = close;
      close = Math.max(1, close * (1 + 0.03 * normal()));
      const volume = below(10) === 0 ? null : below(5) * 100;
      const [high, low] = [Math.max(open, close) + 0.1, Math.min(open, close) - 0.1];
      return { sym, day: 18_000 + i, open, high, low, close, volume };
    });
});
const own = symbols.map((_, sym) => bars.filter((bar) => bar.sym === sym));

let engine: Engine;
let tables: FeatureTables;
beforeAll(async () => {
  engine = await startNodeEngine();
  loadAttention(engine, []);
  engine.run(`CREATE TABLE macro (series VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE);
    CREATE TABLE universe AS SELECT * FROM (VALUES (0, 18000, 18100), (1, 0, 99999)) AS t(sym, from_day, to_day)`);
  tables = loadBars(engine, bars);
});

/** What an expression yields at every bar. */
async function values(score: string): Promise<unknown[]> {
  const { sql, inputs } = compile({ score }, factsOf(symbols));
  await tables.compute(Object.values(inputs), scales);
  const text = tables.bind(`WITH ${sql} SELECT score AS x FROM said ORDER BY row`, inputs);
  return rows<{ x: unknown }>(await engine.query(text)).map(({ x }) => x);
}

/** A value per bar, made symbol by symbol. */
const looped = <T>(of: (bars: readonly BarRow[]) => readonly T[]): T[] => own.flatMap(of);

/** step(prior, bar) over known values: where it is null the value before stays to go on from. */
function folded(
  seed: (bar: BarRow, i: number) => number | null,
  step: (prior: number | null, bar: BarRow, i: number, all: readonly BarRow[]) => number | null,
): (number | null)[] {
  return looped((all) => {
    let held: number | null = null;
    return all.map((bar, i) => {
      const value = step(held ?? seed(bar, i), bar, i, all);
      held = value ?? held;
      return value;
    });
  });
}

/** The mean of the first n known values, then v + (x − v) · 2 / (n + 1); null where x is. */
function emaOf(xs: readonly (number | null)[], n: number): (number | null)[] {
  let [count, v] = [0, 0];
  return xs.map((x) => {
    if (x === null) return null;
    count++;
    if (count < n) v += x;
    else v = count === n ? (v + x) / n : v + (x - v) * (2 / (n + 1));
    return count < n ? null : v;
  });
}

describe('ema(x, n)', () => {
  it.each([1, 2, 5, 30])('is the recursion over any expression, n = %d', async (n) => {
    const ranges = looped((all) =>
      emaOf(
        all.map(({ high, low }) => high - low),
        n,
      ),
    );
    expect(await values(`ema(high - low, ${n})`)).toEqual(ranges);
  });

  it('of the close is the feature, bit for bit, and the recursion to 1e-12', async () => {
    const feature = await values('ema(7)');
    expect(await values('ema(close, 7)')).toEqual(feature);
    const own = (await values('ema(close + 0, 7)')) as (number | null)[];
    feature.forEach((x, i) => {
      if (x === null) expect(own[i]).toBeNull();
      else expect(Math.abs(own[i]! / (x as number) - 1)).toBeLessThan(1e-12);
    });
  });

  it('passes unknown values over: null there, and on from the value before', async () => {
    const known = looped((all) =>
      emaOf(
        all.map(({ volume }) => (volume ? 1 / volume : null)),
        3,
      ),
    );
    expect(await values('ema(1 / volume, 3)')).toEqual(known);
    expect(await values('ema(close / 0, 3)')).toEqual(bars.map(() => null));
  });

  it('makes MACD’s signal line', async () => {
    const macd = (await values('ema(12) - ema(26)')) as (number | null)[];
    let from = 0;
    const signal = own.flatMap(({ length }) => emaOf(macd.slice(from, (from += length)), 9));
    expect(await values('ema(ema(12) - ema(26), 9)')).toEqual(signal);
  });
});

describe('accumulate(seed, step)', () => {
  const { max } = Math;

  it('counts', async () => {
    const run = folded(
      () => 0,
      (prior, { close, open }) => (close > open ? prior! + 1 : 0),
    );
    expect(await values('accumulate(0, CASE WHEN close > open THEN prior + 1 ELSE 0 END)')).toEqual(
      run,
    );
  });

  it('trails: a level that rises until the close falls through it', async () => {
    const level = folded(
      ({ close }) => close * 0.9,
      (prior, { close }) => (close < prior! ? close * 0.9 : max(prior!, close * 0.9)),
    );
    expect(
      await values(
        'accumulate(close * 0.9, CASE WHEN close < prior THEN close * 0.9 ELSE greatest(prior, close * 0.9) END)',
      ),
    ).toEqual(level);
  });

  it('remembers a regime with hysteresis', async () => {
    const change = (await values('return(5)')) as (number | null)[];
    let at = 0;
    const regime = folded(
      () => 0,
      (prior) => {
        const r = change[at++] ?? null;
        return r !== null && r > 0.03 ? 1 : r !== null && r < -0.03 ? 0 : prior;
      },
    );
    const step = 'CASE WHEN return(5) > 0.03 THEN 1 WHEN return(5) < -0.03 THEN 0 ELSE prior END';
    expect(await values(`accumulate(0, ${step})`)).toEqual(regime);
  });

  it('takes the seed of the bar until a value is known, and the newest known one after that', async () => {
    const known = folded(
      ({ volume }) => volume,
      (prior, { close, volume }) =>
        prior === null || volume === null || volume === 0 ? null : (prior + close) / volume,
    );
    expect(await values('accumulate(volume, (prior + close) / volume)')).toEqual(known);
    expect(await values('accumulate(0, prior + close / 0)')).toEqual(bars.map(() => null));
    expect(await values('accumulate(1e308, prior * 10)')).toEqual(bars.map(() => null));
    expect(await values('accumulate(NULL, coalesce(prior, 3))')).toEqual(bars.map(() => 3));
  });

  it('knows the operators of the language beside prior', async () => {
    const odd = folded(
      () => 1,
      (prior, _, i) =>
        prior! >= 2 && prior! <= 4 ? 7 : [7, 9].includes(prior!) ? i % 3 : prior! + 1,
    );
    expect(
      await values(
        'accumulate(1, CASE WHEN prior BETWEEN 2 AND 4 THEN 7 WHEN prior IN (7, 9) THEN bar % 3 ELSE prior + 1 END)',
      ),
    ).toEqual(odd);
    const flag = folded(
      () => 0,
      (prior, { close, open }) =>
        !(close > open) || prior! < 3 ? Math.abs(prior! - 5) : -prior! / 2,
    );
    expect(
      await values(
        'accumulate(0, CASE WHEN NOT (close > open) OR prior < 3 THEN abs(prior - 5) ELSE -prior / 2 END)',
      ),
    ).toEqual(flag);
  });

  it('stands in other expressions, in windows and in itself', async () => {
    const count = 'accumulate(0, prior + 1)';
    expect(await values(`prev(${count}, 2) + 0`)).toEqual(
      looped((all) => all.map((_, i) => (i < 2 ? null : i - 1))),
    );
    expect(await values(`accumulate(0, prior + ${count})`)).toEqual(
      looped((all) => all.map((_, i) => ((i + 1) * (i + 2)) / 2)),
    );
    expect(
      await values(`max(${count}) OVER (PARTITION BY symbol ORDER BY date ROWS 2 PRECEDING) - bar`),
    ).toEqual(bars.map(() => 1));
  });
});

describe('of(symbol, x)', () => {
  /** The other symbol's newest bar up to the day, by its place. */
  const asOf = (sym: number, of: (bar: BarRow, i: number) => number | null) =>
    bars.map(({ day }) => {
      const place = own[sym]!.filter((bar) => bar.day <= day).length - 1;
      return place < 0 ? null : of(own[sym]![place]!, place);
    });

  it('is the other’s value of the date, or of its newest bar before', async () => {
    expect(await values("of('AA', close)")).toEqual(asOf(0, ({ close }) => close));
    expect(await values("of('C''C', bar)")).toEqual(asOf(2, (_, i) => i));
    expect(await values("of('BB', volume)")).toEqual(asOf(1, ({ volume }) => volume));
  });

  it('holds for features and what is made of them, beside the own', async () => {
    const means = (await values('sma(5)')).slice(0, own[0]!.length) as (number | null)[];
    const expected = asOf(0, (_, i) => means[i]!).map((mean, i) =>
      mean === null ? null : bars[i]!.close / mean,
    );
    expect(await values("close / of('AA', sma(5))")).toEqual(expected);
    expect(await values("of('AA', prev(close, 3)) + of('BB', ema(close - low, 4))")).toHaveLength(
      bars.length,
    );
    expect(await values("of('BB', of('AA', close))")).toHaveLength(bars.length);
  });

  it('names the symbols that are nearly written so, at the place', () => {
    const fault = (entry: string): unknown => {
      try {
        compile({ entry }, factsOf(['SPX', 'SPY', 'QQQ']));
      } catch (error) {
        if (error instanceof LabError) return error.data;
      }
      return null;
    };
    expect(fault("close > 1 AND\n close > of('SPZ', sma(20))")).toMatchObject({
      kind: 'study',
      problem: 'The data have no symbol “SPZ”.',
      remedy: 'Did you mean SPX or SPY?',
      place: { path: '/strategy/parameters/entry', line: 2, column: '13', value: "'SPZ'" },
    });
    expect(fault("of('qqq', close) > 1")).toMatchObject({ remedy: 'Did you mean QQQ?' });
    expect(fault("of('GOLD', close) > 1")).toMatchObject({ remedy: 'They have SPX, SPY, QQQ.' });
  });

  it('an unknown symbol leaves the other expressions of a preview standing', () => {
    const texts = { entry: "of('X', close) > 1", exit: 'close > 1' };
    const said = Object.fromEntries(customPreview(texts, factsOf(symbols)));
    expect(said['entry']).toMatchObject({ fault: { kind: 'study' } });
    expect(said['exit']).toHaveProperty('sql');
  });
});

describe('member()', () => {
  it('compares members with members: who is none has no place among them', async () => {
    // AA is a member until day 18,100, BB always, C'C never.
    const isMember = ({ sym, day }: BarRow) => sym === 1 || (sym === 0 && day < 18_100);
    const among = (keep: (bar: BarRow) => boolean) =>
      bars.map((bar) =>
        keep(bar)
          ? bars.filter((one) => one.day === bar.day && keep(one) && one.close > bar.close).length +
            1
          : null,
      );
    const numbers = (found: unknown[]) => found.map((x) => (x === null ? null : Number(x)));
    const rank = (over: string) => `rank() OVER (PARTITION BY ${over} ORDER BY close DESC)`;
    expect(numbers(await values(rank('date, member()')))).toEqual(among(isMember));
    expect(numbers(await values(rank('date')))).toEqual(among(() => true));
    expect(await values('CASE WHEN member() THEN 1 ELSE 0 END')).toEqual(
      bars.map((bar) => Number(isMember(bar))),
    );
    const count = 'count(*) OVER (PARTITION BY date, member())';
    expect(numbers(await values(count))).toEqual(
      bars.map((bar) =>
        isMember(bar) ? bars.filter((one) => one.day === bar.day && isMember(one)).length : null,
      ),
    );
  });
});
