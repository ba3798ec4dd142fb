/** A kernel gives the bits of the windows that define its feature (src/sql/features), or refuses. */
import fc from 'fast-check';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { atr, sma } from '../../src/domain/features.ts';
import { featureSql, kernelSql } from '../../src/sql/catalogue.ts';
import { type Values, setVariables, withIdentifiers } from '../../src/sql/sql.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { isRefusal } from '../../workers/engines/kernels.ts';
import { nextMessage } from '../../workers/engines/next-message.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { loadBars } from '../sql/lab.ts';

/** Two integer series of some symbols, null where there is none. */
type Pair = readonly [x: number | null, y: number | null];
interface World {
  readonly symbols: readonly (readonly Pair[])[];
  readonly window: number;
  readonly minimum: number;
}

/** Windows are shorter, and symbols shorter than many of them. */
const longest = 64;
let engine: Engine;

beforeAll(async () => {
  engine = await startNodeEngine();
});

/** The tables `bars` and `series` that every feature file can read. */
function load({ symbols }: Pick<World, 'symbols'>): void {
  const rows = symbols.flatMap((pairs, sym) => pairs.map(([x, y], bar) => ({ sym, bar, x, y })));
  const column = (key: 'sym' | 'bar' | 'x' | 'y'): Float64Array =>
    Float64Array.from(rows, (row) => row[key] ?? Number.NaN);
  const table = tableFromArrays({
    row: Int32Array.from(rows.keys()),
    ...{ sym: column('sym'), bar: column('bar'), x: column('x'), y: column('y') },
  });
  engine.run('DROP TABLE IF EXISTS given');
  engine.insertArrow('given', tableToIPC(table, 'stream'));
  engine.run(`
    CREATE OR REPLACE TABLE given_bars AS SELECT row, sym::INTEGER AS sym, bar::INTEGER AS bar,
      CASE WHEN NOT isnan(x) THEN x::BIGINT END AS close_ticks,
      CASE WHEN NOT isnan(y) THEN y::BIGINT END AS high_ticks,
      CASE WHEN NOT isnan(x) AND NOT isnan(y) THEN (2 * x - y)::BIGINT END AS low_ticks FROM given;
    CREATE OR REPLACE VIEW bars AS FROM given_bars;
    CREATE OR REPLACE TABLE series AS SELECT CASE WHEN NOT isnan(y) THEN y::BIGINT END AS ticks,
      CASE WHEN NOT isnan(y) THEN y / 8 END AS value FROM given;
    CREATE OR REPLACE TABLE ranges AS ${featureSql.true_range!}`);
}

const slots = { rows: 'bars', series: 'series', true_range: 'ranges', attention: 'series' };

/** Their windows are over what is no integer, and grow to 16 bars at most. */
const extremes = ['highest', 'lowest'];

/** As DuckDB writes them, which tells one double from every other, and their type. */
async function valuesOf(sql: string, column: string, values: Values): Promise<(string | null)[]> {
  engine.run(setVariables(values));
  const table = await engine.query(
    `SELECT COLUMNS(*)::VARCHAR || typeof(COLUMNS(*)) FROM (${withIdentifiers(sql, { ...slots, column })})`,
  );
  return [...(table.getChildAt(0) ?? [])] as (string | null)[];
}

async function bothWays(name: string, values: Values): Promise<'refused' | 'agreed'> {
  const isExtreme = extremes.includes(name);
  const given = isExtreme ? { ...values, ...grown(Number(values.period)) } : values;
  const column = isExtreme ? 'value' : 'ticks';
  try {
    const found = await valuesOf(kernelSql.get(name)!, column, given);
    const expected = await valuesOf(featureSql[name]!, column, given);
    const at = expected.findIndex((value, i) => !Object.is(value, found[i]));
    expect({ at, value: found[at] }).toEqual({ at: -1 });
    expect(found).toHaveLength(expected.length);
    return 'agreed';
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

/** What features take, of a world. */
const valuesIn = ({ window, minimum }: World): Values => ({
  ...{ window, minimum, minimum_pairs: minimum, period: window, keep: 1 - 1 / (window + 1) },
  first: 1,
});

/** Four steps by which a window grows from one bar to as many, or to 16. */
function grown(window: number): Values {
  let period = 1;
  const steps = [1, 2, 3, 4].map((k) => {
    const step = Math.min(period, window - period);
    period += step;
    return [`step_${k}`, step] as const;
  });
  return { ...Object.fromEntries(steps), period };
}

/** Those that pass over what is missing, and those that have no place for it. */
const passing = ['z_score', 'sma', 'crowd_reactivity', ...extremes];
const whole = ['smoothed', 'atr_sma'];

const sizes = [
  { name: 'of tens', most: 50 },
  { name: 'that are all the same', most: 0 },
  { name: 'of trillions, which need 128 bits', most: 4e12 },
  { name: 'near 2^53', most: 2 ** 53 - 1 },
];

const worldOf = (most: number, nulls: number): fc.Arbitrary<World> => {
  const value = fc.oneof(
    fc.integer({ min: Math.floor(most / 2), max: most }),
    fc.integer({ min: -most, max: most }),
  );
  const cell = nulls === 0 ? value : fc.option(value, { freq: nulls });
  const symbol = (maxLength: number) => fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength });
  return fc.record({
    symbols: fc.array(fc.oneof(symbol(5), symbol(150)), { minLength: 1, maxLength: 6 }),
    window: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: longest })),
    minimum: fc.integer({ min: 1, max: 30 }),
  });
};

describe('the bits of the windows', () => {
  it.each(sizes)('over integers $name', async ({ most }) => {
    await fc.assert(
      fc.asyncProperty(worldOf(most, 5), async (world) => {
        load(world);
        for (const name of passing) {
          const found = await bothWays(name, valuesIn(world));
          // Sums of large ones are beyond what a double holds, and so may their ratios be.
          const limit =
            { z_score: Infinity, crowd_reactivity: 100, highest: Infinity, lowest: Infinity }[
              name
            ] ?? 2 ** 52;
          if (most < limit) expect(found).toBe('agreed');
        }
      }),
      { numRuns: 25, seed: 17 },
    );
  });

  it.each(sizes)('over integers $name, of which none is missing', async ({ most }) => {
    await fc.assert(
      fc.asyncProperty(worldOf(most, 0), async (world) => {
        load(world);
        for (const name of whole) {
          const found = await bothWays(name, valuesIn(world));
          if (name === 'smoothed' || most < 2 ** 52) expect(found).toBe('agreed');
        }
        expect(await bothWays('smoothed', { ...valuesIn(world), first: 0 })).toBe('agreed');
      }),
      { numRuns: 25, seed: 18 },
    );
  });

  it.each([2047, 2048, 2049, 5000])(
    'of one symbol over %i rows, which come in chunks',
    async (n) => {
      const pairs = Array.from({ length: n }, (_, i): Pair => {
        const x = 1e12 + ((i * 7919) % 100_003) * 1e7;
        return [x, i % 97 === 0 ? null : x + i * 1e6];
      });
      load({ symbols: [pairs] });
      for (const window of [1, 20, 63]) {
        const values = valuesIn({ symbols: [], window, minimum: 1 });
        for (const name of passing) expect(await bothWays(name, values)).toBe('agreed');
      }
      load({ symbols: [pairs.map(([x]) => [x, x])] });
      const values = valuesIn({ symbols: [], window: 14, minimum: 1 });
      for (const name of whole) expect(await bothWays(name, values)).toBe('agreed');
    },
  );
});

describe('a kernel refuses', () => {
  const z = (rows: string, x = 'x', window = 3): string =>
    `SELECT kernel_z_score(i::DOUBLE, i::DOUBLE, ${x}::DOUBLE, ${window}, 1) FROM (SELECT i, i % 5 AS x FROM range(5000) AS t(i) ${rows})`.replace(
      `${window}, 1`,
      `${window}::DOUBLE, 1::DOUBLE`,
    );
  const causeOf = async (asked: Promise<unknown>): Promise<string> => {
    const error = await asked.then(
      () => 'an answer',
      (thrown: unknown) => thrown,
    );
    return error instanceof LabError ? String(error.data.cause) : String(error);
  };

  it.each([
    ['a fraction', 'i + 0.5', 'no integer'],
    ['NaN', "'NaN'::DOUBLE", 'no integer'],
    ['infinity', "'-inf'::DOUBLE", 'no integer'],
    ['2^53', '2.0**53', 'no integer'],
    ['a window that leaves 128 bits', '2.0**52', '128 bits', 2000],
  ])('%s', async (_, x, why, window = 3) => {
    expect(
      await causeOf(engine.query(z('', `CASE WHEN i = 4000 THEN ${x} ELSE x END`, window))),
    ).toContain(why);
  });

  it.each([
    ['in another order', 'ORDER BY i DESC'],
    ['of which some are missing', 'WHERE i <> 3000'],
  ])('rows %s', async (_, rows) => {
    expect(await causeOf(engine.query(z(rows)))).toContain('do not follow one another');
  });

  it('a second call in the same statement', async () => {
    const twice = `SELECT kernel_z_score(i::DOUBLE, i::DOUBLE, i::DOUBLE, 3::DOUBLE, 1::DOUBLE), kernel_z_score(i::DOUBLE, i::DOUBLE, -i::DOUBLE, 3::DOUBLE, 1::DOUBLE) FROM range(10) AS t(i)`;
    expect(await causeOf(engine.query(twice))).toContain('do not follow one another');
  });

  it('a sum beyond 2^53', async () => {
    load({ symbols: [Array.from({ length: 5 }, (): Pair => [2 ** 52, 2 ** 52])] });
    expect(await bothWays('sma', { period: 3 })).toBe('refused');
  });

  it('a gap in what is smoothed', async () => {
    load({ symbols: [[1, 2, null, 4].map((x): Pair => [x, x])] });
    expect(await bothWays('smoothed', { period: 2, first: 0, keep: 0.5 })).toBe('refused');
  });

  it('a person’s query', async () => {
    expect(await causeOf(engine.readOnly(z('')))).toContain('no part of a query');
    expect(await causeOf(engine.query(z('')))).toBe('an answer');
  });
});

it('where a kernel refuses, the windows give the feature', async () => {
  const bars = Array.from({ length: 40 }, (_, i) => {
    const close = 1e6 + i; // × 10^10: beyond 2^53.
    return {
      sym: 0,
      day: 18_000 + i,
      open: close,
      high: close + 1,
      low: close - 1,
      close,
      volume: 1,
    };
  });
  const scales = { price_scale: 1e10, volume_scale: 1, attention_scale: 1 };
  const tables: FeatureTables = loadBars(engine, bars);
  await tables.compute([sma(4), atr('sma', 3)], scales);
  const made = await engine.query(
    `SELECT value FROM bars POSITIONAL JOIN ${tables.tableOf(sma(4))}`,
  );
  expect([...made.getChild('value')!].slice(0, 5)).toEqual([
    null,
    null,
    null,
    1e6 + 1.5,
    1e6 + 2.5,
  ]);
});

it('while another engine starts in the same thread, kernels refuse, and then answer again', async () => {
  const starting = startNodeEngine();
  const asked = `SELECT kernel_sum(i::DOUBLE, i::DOUBLE, i::DOUBLE, 2::DOUBLE)::INTEGER AS value FROM range(3) AS t(i)`;
  const found: unknown[] = [];
  const ask = async (): Promise<void> => {
    const answer = await engine.query(asked).catch((error: unknown) => error);
    found.push(
      isRefusal(answer)
        ? 'refused'
        : [...(answer as { getChild(name: string): Iterable<unknown> }).getChild('value')],
    );
  };
  const state = { isStarted: false };
  void starting.then(() => (state.isStarted = true));
  // A refusal comes without a turn of the event loop, which the start waits for.
  while (!state.isStarted) {
    await ask();
    await nextMessage();
  }
  await ask();
  expect(found.at(-1)).toEqual([null, 1, 3]);
  for (const one of found) expect(['refused', [null, 1, 3]]).toContainEqual(one);
});
