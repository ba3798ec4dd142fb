import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type TypedColumn,
  digestOf,
  digestRun,
  fingerprintOf,
  sha256Hex,
} from '../../../src/domain/digest.ts';
import type { Market } from '../../../src/domain/market.ts';
import type { Metric } from '../../../src/domain/metrics/metric.ts';
import {
  type DatedTrades,
  type Equity,
  type ExitReason,
  exitReasons,
} from '../../../src/domain/run.ts';

/*
 * Every digest in quotes was made apart from this project, with Python's struct and hashlib, from the layout at
 * the top of digest.ts: struct.pack('<d', x) for float64, '<i' for int32, '<I' and encode() for text.
 */

const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('SHA-256 of “abc” is FIPS 180-2’s', () => {
  expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

describe('a small table', () => {
  const table: TypedColumn[] = [
    { name: 'day', type: 'int32', values: Int32Array.of(16072, -1) },
    { name: 'price', type: 'float64', values: Float64Array.of(1.5, -0) },
    { name: 'name', type: 'text', values: ['É', ''] },
    { name: 'stop', type: 'float64?', values: [null, Number.NaN] },
  ];

  test('has these bytes, written one by one', () => {
    const view = new DataView(new ArrayBuffer(143));
    let at = 0;
    const u8 = (...bytes: number[]) => bytes.forEach((byte) => view.setUint8(at++, byte));
    const u32 = (value: number) => {
      view.setUint32(at, value, true);
      at += 4;
    };
    const ascii = (text: string) => u8(...Buffer.from(text, 'ascii'));
    const word = (text: string) => {
      u32(text.length);
      ascii(text);
    };
    ascii('OUTSAMPL');
    [1, 4, 2].forEach(u32); // version, columns, rows
    ['day', 'int32', 'price', 'float64', 'name', 'text', 'stop', 'float64?'].forEach(word);
    u32(16072);
    u32(0xffffffff); // −1
    u8(0, 0, 0, 0, 0, 0, 0xf8, 0x3f); // 1.5
    u8(0, 0, 0, 0, 0, 0, 0, 0); // −0 as 0
    u32(2);
    u8(0xc3, 0x89); // É
    u32(0); // ''
    u8(0b01); // row 0 is null
    u8(0, 0, 0, 0, 0, 0, 0, 0); // and stands as 0
    u8(0, 0, 0, 0, 0, 0, 0xf8, 0x7f); // NaN
    expect(at).toBe(view.byteLength);
    expect(digestOf(table)).toBe(hex(new Uint8Array(view.buffer)));
  });

  test('has the digest that Python gives it', () => {
    expect(digestOf(table)).toBe(
      'fc7529dcd888dec71304710edb36de8c76d4b4a4c568212d9a81312fc301008b',
    );
  });
});

describe('values', () => {
  const float64 = (...values: number[]) => digestOf([{ name: 'x', type: 'float64', values }]);
  const nullable = (...values: (number | null)[]) =>
    digestOf([{ name: 'x', type: 'float64?', values }]);

  test('−0 is 0', () => {
    expect(float64(-0)).toBe(float64(0));
  });

  test('every NaN is one NaN, whatever its bits', () => {
    const odd = new DataView(new ArrayBuffer(8));
    odd.setBigUint64(0, 0xfff0_0000_dead_beefn);
    expect(float64(odd.getFloat64(0))).toBe(float64(Number.NaN));
  });

  test('one bit of a price is another digest', () => {
    expect(float64(1)).not.toBe(float64(1 + Number.EPSILON));
  });

  test('null, 0 and NaN are three things', () => {
    expect(new Set([nullable(null), nullable(0), nullable(Number.NaN)]).size).toBe(3);
  });

  test('nulls of any row count: nine rows need two bytes of bitmap', () => {
    const nine = (last: number | null) => nullable(1, 2, 3, 4, 5, 6, 7, 8, last);
    expect(nine(null)).not.toBe(nine(0));
  });

  test('null text is not the empty text', () => {
    const text = (value: string | null) =>
      digestOf([{ name: 'x', type: 'text?', values: [value] }]);
    expect(text(null)).not.toBe(text(''));
  });

  test('text knows where it ends: “ab”, “c” is not “a”, “bc”', () => {
    const text = (...values: string[]) => digestOf([{ name: 'x', type: 'text', values }]);
    expect(text('ab', 'c')).not.toBe(text('a', 'bc'));
  });

  test('the header counts: another name or type is another digest', () => {
    const of = (name: string, type: 'int32' | 'float64') => digestOf([{ name, type, values: [1] }]);
    expect(new Set([of('x', 'int32'), of('x', 'float64'), of('y', 'int32')]).size).toBe(3);
  });

  test('a typed array and a list of the same numbers are one', () => {
    expect(float64(1, 2)).toBe(
      digestOf([{ name: 'x', type: 'float64', values: Float64Array.of(1, 2) }]),
    );
  });

  test.each([0.5, 2 ** 31, Number.NaN])('%d is no int32', (value) => {
    expect(() => digestOf([{ name: 'x', type: 'int32', values: [value] }])).toThrow(
      `${value} in row 0 is not an int32.`,
    );
  });

  test('columns of unequal length are refused', () => {
    expect(() =>
      digestOf([
        { name: 'x', type: 'int32', values: [1, 2] },
        { name: 'y', type: 'int32', values: [1] },
      ]),
    ).toThrow('Column y has 1 rows, the first column 2.');
  });

  test('a table may be without columns', () => {
    expect(digestOf([])).toBe(hex(Buffer.from('OUTSAMPL\x01\0\0\0\0\0\0\0\0\0\0\0')));
  });
});

/** The layout once more, as plainly as it can be written: all bytes in one list. */
function plainly(columns: readonly TypedColumn[]): string {
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return bytes;
  };
  const text = (value: string) => [u32(Buffer.byteLength(value)), Buffer.from(value)];
  const float64 = (value: number) => {
    const bytes = Buffer.from('000000000000f87f', 'hex');
    if (!Number.isNaN(value)) bytes.writeDoubleLE(value === 0 ? 0 : value);
    return bytes;
  };
  const parts = [
    Buffer.from('OUTSAMPL'),
    ...[1, columns.length, columns[0]!.values.length].map(u32),
  ];
  for (const { name, type } of columns) parts.push(...text(name), ...text(type));
  for (const { type, values } of columns) {
    const list = Array.from<number | string | null>(values);
    if (type.endsWith('?')) {
      const bits = Buffer.alloc(Math.ceil(list.length / 8));
      list.forEach((value, row) => {
        if (value === null) bits[Math.floor(row / 8)]! += 2 ** (row % 8);
      });
      parts.push(bits);
    }
    for (const value of list) {
      if (type.startsWith('text')) parts.push(...text(String(value ?? '')));
      else if (type.startsWith('int32')) parts.push(u32(Number(value ?? 0)));
      else parts.push(float64(Number(value ?? 0)));
    }
  }
  return hex(Buffer.concat(parts));
}

describe('any table', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.string({ maxLength: 100 }),
  );
  const row = fc.record({
    float: fc.double(),
    int: fc.integer(),
    text,
    maybeFloat: fc.option(fc.double()),
    maybeInt: fc.option(fc.integer()),
    maybeText: fc.option(text),
  });
  const tableOf = (rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]) =>
    [
      { name: 'float', type: 'float64', values: rows.map((r) => r.float) },
      { name: 'text', type: 'text', values: rows.map((r) => r.text) },
      { name: 'maybe float', type: 'float64?', values: rows.map((r) => r.maybeFloat) },
      { name: 'int', type: 'int32', values: rows.map((r) => r.int) },
      { name: 'maybe text', type: 'text?', values: rows.map((r) => r.maybeText) },
      { name: 'maybe int', type: 'int32?', values: rows.map((r) => r.maybeInt) },
    ] satisfies TypedColumn[];

  test('has the bytes of the layout', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(digestOf(tableOf(rows))).toBe(plainly(tableOf(rows)));
      }),
      { seed: 20240105, numRuns: 300 },
    );
  });

  test('larger than any buffer has them too', () => {
    const rows = fc.sample(row, { seed: 20240106, numRuns: 30_000 });
    const table: TypedColumn[] = [
      ...tableOf(rows),
      {
        name: 'long text',
        type: 'text',
        values: rows.map((_, i) => 'é'.repeat(i === 7 ? 1e5 : 1)),
      },
      { name: 'symbol', type: 'text', values: rows.map((_, i) => `SYM${i}`) },
    ];
    expect(digestOf(table)).toBe(plainly(table));
  });
});

/** A trade as an object, so that one value can be changed; null where the columns hold nothing. */
const trade = {
  symbol: 0,
  side: 1,
  signalRow: 0,
  entryRow: 1,
  exitRow: 4,
  entryStep: 1,
  exitStep: 4,
  signalDay: 19723,
  entryDay: 19724,
  exitDay: 19727,
  quantity: 10,
  entryPrice: 100,
  exitPrice: 110,
  reason: 'target' as ExitReason | null,
  stop: 95,
  target: 110,
  score: 3.5,
  gross: 100,
  commission: 2,
  spread: 0,
  slippage: 1,
  impact: 0.5,
  borrow: 0,
  net: 96.5,
  bars: 4,
  ambiguous: 0,
  mae: -0.02,
  mfe: 0.1,
};
type Row = typeof trade;
/** Open, without stop, target or score. */
const short: Row = {
  ...trade,
  symbol: 1,
  side: -1,
  signalRow: 6,
  entryRow: 7,
  exitRow: -1,
  exitStep: -1,
  signalDay: 19724,
  entryDay: 19725,
  quantity: 5.5,
  entryPrice: 20,
  exitPrice: 21,
  reason: null,
  stop: Number.NaN,
  target: Number.NaN,
  score: Number.NaN,
  gross: -5.5,
  commission: 1,
  spread: 0.5,
  slippage: 0.25,
  impact: 0,
  borrow: 0.125,
  net: -7.375,
  bars: 3,
  ambiguous: 1,
  mae: -0.0625,
  mfe: 0,
};

function columnsOf(rows: readonly Row[]): DatedTrades {
  const columns = Object.keys(trade).map((name) => [
    name,
    Float64Array.from(rows, (row) => {
      const value = row[name as keyof Row];
      return typeof value === 'number' ? value : value === null ? -1 : exitReasons.indexOf(value);
    }),
  ]);
  return { length: rows.length, ...Object.fromEntries(columns) } as DatedTrades;
}
const symbols = ['AAA', 'BBB'];
const equity: Equity = {
  day: Int32Array.of(19723, 19724),
  equity: Float64Array.of(1000, 1010.5),
  cash: Float64Array.of(1000, 500),
  gross: Float64Array.of(0, 510.5),
  net: Float64Array.of(0, 510.5),
  positions: Int32Array.of(0, 1),
};
const words = {
  group: 'return',
  label: 'Any',
  unit: 'ratio',
  definition: 'Words are no part of a digest.',
  formula: 'Nor is this.',
} as const;
const metrics: Metric[] = [
  { ...words, id: 'cagr', value: 0.125 },
  { ...words, id: 'sharpe', value: null, reason: 'There are no sessions.' },
];
const digestsOf = (rows: readonly Row[], names = symbols, numbers = metrics) =>
  digestRun({ trades: columnsOf(rows), symbols: names, equity, metrics: numbers });

describe('a run', () => {
  const digests = digestsOf([trade, short]);

  test('has the digests that Python gives it', () => {
    expect(digests).toEqual({
      trades: '1b8b9b3345df61be14bde0eb2add71239e50acd5bb45a760c1adc6a5e7a6f655',
      equity: '53c9f71602deb8585c7f0301aa0c91ddee6e37bbc52bd552c9a60f712e494c98',
      metrics: 'af148e8ce7447f6686f951822b1f8c5b1c576d594f056eda08fee2e9c7554333',
    });
  });

  test('without trades has one too', () => {
    expect(digestsOf([]).trades).not.toBe(digests.trades);
  });

  test('each value of a trade counts; rows and sessions do not, where dates are the same', () => {
    const place = ['signalRow', 'entryRow', 'exitRow', 'entryStep', 'exitStep'];
    const changes: Partial<Row>[] = [
      { symbol: 1 },
      { reason: 'stop' },
      { reason: null },
      { stop: Number.NaN },
      ...Object.entries(trade).flatMap(([name, value]) =>
        typeof value === 'number' && name !== 'symbol' ? [{ [name]: value + 1 }] : [],
      ),
    ];
    const all = changes.map((change) => ({
      change,
      digest: digestsOf([{ ...trade, ...change }, short]).trades,
    }));
    const counted = all.filter(({ digest }) => digest !== digests.trades);
    expect(new Set(counted.map(({ digest }) => digest)).size).toBe(counted.length);
    const idle = all.filter(({ digest }) => digest === digests.trades);
    expect(idle.flatMap(({ change }) => Object.keys(change))).toEqual(place);
  });

  test('any permutation of the trades has the same digest', () => {
    const trades = fc.uniqueArray(
      fc.record({
        symbol: fc.nat({ max: 5 }),
        entryRow: fc.integer({ min: 0, max: 20 }),
        net: fc.double(),
        reason: fc.constantFrom(null, ...exitReasons),
      }),
      { selector: ({ symbol, entryRow }) => `${symbol} ${entryRow}` },
    );
    const permuted = trades.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const names = ['AAA', 'BRK.B', 'Z', 'a', 'é', '𝛼'];
    const digest = (rows: readonly Partial<Row>[]) =>
      digestsOf(
        rows.map((row) => ({ ...trade, ...row })),
        names,
      ).trades;
    fc.assert(
      fc.property(permuted, ([one, other]) => {
        expect(digest(one)).toBe(digest(other));
      }),
      { seed: 20240107, numRuns: 200 },
    );
  });

  test('a metric’s words may be polished: only id, value and reason count', () => {
    const polished = metrics.map((metric) => ({
      ...metric,
      label: 'Better',
      definition: 'Clearer.',
      formula: 'x',
    }));
    expect(digestsOf([], symbols, polished).metrics).toBe(digests.metrics);
  });
});

describe('a dataset’s fingerprint', () => {
  const market: Market = {
    symbols: ['AAA', 'BBB'],
    firstRow: Int32Array.of(0, 2, 3),
    day: Int32Array.of(19723, 19724, 19723),
    open: Float64Array.of(1, 1.5, 10),
    high: Float64Array.of(2, 2.5, 11),
    low: Float64Array.of(0.5, 1, 9),
    close: Float64Array.of(1.5, 2, 10),
    volume: Float64Array.of(Number.NaN, 100, 7),
  };
  const macro: TypedColumn[] = [
    { name: 'day', type: 'int32', values: Int32Array.of(19723) },
    { name: 'value', type: 'float64', values: Float64Array.of(12.5) },
  ];

  test('is the one that Python gives it, bars alone and with a further table', () => {
    expect(fingerprintOf(market)).toBe(
      '92fdb7abe6358591f94014caeed7564b4c0d731949f84aeb88e4c3f7dade86a5',
    );
    expect(fingerprintOf(market, { macro })).toBe(
      '4974ea32e85223b99016f85ccba6155024c630413a1e6abfd2650a01e03416fa',
    );
  });

  test('each column of the market counts', () => {
    const columns = ['day', 'open', 'high', 'low', 'close', 'volume'] as const;
    const changed: Market[] = columns.map((name) => ({
      ...market,
      [name]: market[name].map((x) => x + 1),
    }));
    changed.push({ ...market, symbols: ['AAA', 'BBC'] });
    changed.push({ ...market, firstRow: Int32Array.of(0, 1, 3) });
    expect(new Set([market, ...changed].map((one) => fingerprintOf(one))).size).toBe(9);
  });

  test('the order in which further tables are named does not', () => {
    const universe: TypedColumn[] = [{ name: 'sym', type: 'int32', values: [0] }];
    expect(fingerprintOf(market, { macro, universe })).toBe(
      fingerprintOf(market, { universe, macro }),
    );
  });
});
