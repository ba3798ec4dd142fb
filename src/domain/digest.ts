import { known } from './known.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Market } from './market.ts';
import type { Metric } from './metrics/metric.ts';
import {
  type DatedTrades,
  type Digests,
  type Equity,
  exitReasons,
  fillNumbers,
  type Fills,
} from './run.ts';

/**
 * The canonical bytes of a table; every number is little-endian.
 *
 *   table     "OUTSAMPL" (8 bytes ASCII) · u32 version, 1 · u32 number of columns · u32 number of rows
 *             · per column: text name, text type · per column: its data
 *   text      u32 number of bytes · UTF-8
 *   type      "float64", "int32" or "text", with "?" appended where a value may be null
 *   data      types with "?": bitmap · then one value per row:
 *     float64   8 bytes, IEEE 754; −0 as 0, every NaN as 7ff8000000000000
 *     int32     4 bytes, two's complement
 *     text      as above
 *   bitmap    ⌈rows ÷ 8⌉ bytes; row r is null where bit r mod 8, counted from the lowest, of byte ⌊r ÷ 8⌋ is 1.
 *             The value of such a row is 0 or the empty text.
 *
 * A digest is SHA-256 of these bytes in lower-case hex. Which columns and which order of rows is said where
 * each table is digested, below. A change here is a new version of the engine.
 */
const MAGIC = utf8ToBytes('OUTSAMPL');
const VERSION = 1;

/** Texts of up to this many characters take a quicker way to the same bytes. */
const SHORT = 64;

export type TypedColumn =
  | {
      readonly name: string;
      readonly type: 'float64' | 'int32';
      readonly values: ArrayLike<number>;
    }
  | {
      readonly name: string;
      readonly type: 'float64?' | 'int32?';
      readonly values: ArrayLike<number | null>;
    }
  | { readonly name: string; readonly type: 'text'; readonly values: ArrayLike<string> }
  | { readonly name: string; readonly type: 'text?'; readonly values: ArrayLike<string | null> };

/** SHA-256 in lower-case hex. */
export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** Of its UTF-8 bytes. A study's digest is that of its canonical JSON. */
export const textDigest = (text: string): string => sha256Hex(utf8ToBytes(text));

/** SHA-256 under way. */
export interface Hash {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly digest: () => Uint8Array;
}

/** The digest of one table. Throws a RangeError on columns of unequal length and on int32 that isn't one. */
export function digestOf(columns: readonly TypedColumn[], hash: Hash = sha256.create()): string {
  const rows = columns[0]?.values.length ?? 0;
  const table = new CanonicalBytes(hash);
  table.bytes(MAGIC);
  for (const count of [VERSION, columns.length, rows]) table.int32(count);
  for (const { name, type, values } of columns) {
    if (values.length !== rows) {
      throw new RangeError(
        `TypedColumn ${name} has ${values.length} rows, the first column ${rows}.`,
      );
    }
    table.text(name);
    table.text(type);
  }
  for (const column of columns) addData(table, column);
  return table.digest();
}

/** The three digests that a link carries and a stranger recomputes. */
export function digestRun(run: {
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
  readonly equity: Equity;
  readonly metrics: readonly Metric[];
  /** Where trades are resized, each fill counts; elsewhere they follow from the trades. */
  readonly fills?: Fills | null;
}): Digests {
  const trades = digestOf(tradeColumns(run.trades, run.symbols, digestOrder(run.trades)));
  const { fills } = run;
  return {
    trades: fills ? digestOfTables({ trades, fills: digestOf(fillColumns(fills, run)) }) : trades,
    equity: digestOf(equityColumns(run.equity)),
    metrics: digestOf(metricColumns(run.metrics)),
  };
}

/**
 * The identity of a normalised dataset: the digest of a table (name, digest), one row per table of the dataset,
 * names in code-unit order. `bars` and `symbols` (with the first row of each in `bars`) come from the market;
 * further tables, such as attention, macro and universe, are given with their rows in (symbol, date) order.
 */
export function fingerprintOf(
  market: Market,
  tables: Readonly<Record<string, readonly TypedColumn[]>> = {},
  startHash?: () => Hash,
): string {
  const { symbols, firstRow, clock } = market;
  const all: Record<string, readonly TypedColumn[]> = {
    ...tables,
    symbols: [
      { name: 'symbol', type: 'text', values: symbols },
      { name: 'firstRow', type: 'int32', values: firstRow.subarray(0, symbols.length) },
    ],
    bars: [
      { name: 'day', type: 'int32', values: market.day },
      ...(clock ? instants({ opens: clock.opens, known: clock.known }) : []),
      { name: 'open', type: 'float64', values: market.open },
      { name: 'high', type: 'float64', values: market.high },
      { name: 'low', type: 'float64', values: market.low },
      { name: 'close', type: 'float64', values: market.close },
      { name: 'volume', type: 'float64', values: market.volume },
    ],
  };
  return digestOfTables(
    Object.fromEntries(
      Object.entries(all).map(([name, columns]) => [name, digestOf(columns, startHash?.())]),
    ),
  );
}

/** Of a table (table, digest), names in code-unit order. */
function digestOfTables(digests: Readonly<Record<string, string>>): string {
  const names = Object.keys(digests).sort();
  return digestOf([
    { name: 'table', type: 'text', values: names },
    { name: 'digest', type: 'text', values: names.map((name) => digests[name]!) },
  ]);
}

const instants = (columns: Readonly<Record<string, Float64Array>>): TypedColumn[] =>
  Object.entries(columns).map(([name, values]) => ({ name, type: 'float64', values }));

/** In the order in which they were booked. */
function fillColumns(
  fills: Fills,
  { trades, symbols, equity }: { trades: DatedTrades; symbols: readonly string[]; equity: Equity },
): TypedColumn[] {
  return [
    {
      name: 'symbol',
      type: 'text',
      values: Array.from(fills.trade, (trade) => symbols[trades.symbol[trade]!]!),
    },
    { name: 'day', type: 'int32', values: fills.step.map((session) => equity.day[session]!) },
    { name: 'side', type: 'int32', values: fills.side },
    ...fillNumbers.map((name) => ({ name, type: 'float64', values: fills[name] }) as const),
  ];
}

/**
 * In (symbol, entry row) order, which has no ties but those of one bar (out and in again at one close): there the
 * order of entry decides.
 */
const digestOrder = (trades: DatedTrades): number[] =>
  Array.from({ length: trades.length }, (_, i) => i).sort(
    (a, b) =>
      trades.symbol[a]! - trades.symbol[b]! || trades.entryRow[a]! - trades.entryRow[b]! || a - b,
  );

/** Symbols are numbered in code-unit order. `ambiguous` is 1 or 0. */
export function tradeColumns(
  trades: DatedTrades,
  symbols: readonly string[],
  order: readonly number[],
): TypedColumn[] {
  const pick = (values: ArrayLike<number>): number[] => order.map((i) => values[i]!);
  const whereClosed = <T>(read: (i: number) => T): (T | null)[] =>
    order.map((i) => (trades.reason[i]! < 0 ? null : read(i)));
  const whereKnown = (values: Float64Array): (number | null)[] =>
    order.map((i) => known(values[i]!));
  const float64 = (name: keyof DatedTrades): TypedColumn => ({
    name,
    type: 'float64',
    values: pick(trades[name] as Float64Array),
  });
  const int32 = (name: keyof DatedTrades): TypedColumn => ({
    name,
    type: 'int32',
    values: pick(trades[name] as Int32Array),
  });
  const instantColumns = (at: NonNullable<DatedTrades['at']>): TypedColumn[] => [
    { name: 'signalAt', type: 'float64', values: pick(at.signal) },
    { name: 'entryAt', type: 'float64', values: pick(at.entry) },
    { name: 'exitAt', type: 'float64?', values: whereClosed((i) => at.exit[i]!) },
  ];
  return [
    { name: 'symbol', type: 'text', values: order.map((i) => symbols[trades.symbol[i]!]!) },
    int32('side'),
    int32('signalDay'),
    int32('entryDay'),
    { name: 'exitDay', type: 'int32?', values: whereClosed((i) => trades.exitDay[i]!) },
    ...(trades.at === undefined ? [] : instantColumns(trades.at)),
    ...(['quantity', 'entryPrice', 'exitPrice'] as const).map(float64),
    {
      name: 'reason',
      type: 'text?',
      values: whereClosed((i) => exitReasons[trades.reason[i]!]!),
    },
    { name: 'stop', type: 'float64?', values: whereKnown(trades.stop) },
    { name: 'target', type: 'float64?', values: whereKnown(trades.target) },
    ...(
      ['score', 'gross', 'commission', 'spread', 'slippage', 'impact', 'borrow', 'net'] as const
    ).map(float64),
    int32('bars'),
    int32('ambiguous'),
    ...(['mae', 'mfe'] as const).map(float64),
    ...(trades.dividends === undefined ? [] : [float64('dividends')]),
  ];
}

/** One row per step, in order of time. */
export function equityColumns(curve: Equity): TypedColumn[] {
  const { day, equity, cash, gross, net, positions, payments } = curve;
  return [
    { name: 'day', type: 'int32', values: day },
    ...(curve.known ? instants({ known: curve.known }) : []),
    { name: 'equity', type: 'float64', values: equity },
    { name: 'cash', type: 'float64', values: cash },
    { name: 'gross', type: 'float64', values: gross },
    { name: 'net', type: 'float64', values: net },
    { name: 'positions', type: 'int32', values: positions },
    ...(payments === undefined
      ? []
      : ([
          { name: 'units', type: 'float64', values: payments.units },
          { name: 'paid', type: 'float64', values: payments.paid },
        ] as const)),
  ];
}

/** In the order in which they are shown. */
function metricColumns(metrics: readonly Metric[]): TypedColumn[] {
  return [
    { name: 'id', type: 'text', values: metrics.map(({ id }) => id) },
    { name: 'value', type: 'float64?', values: metrics.map(({ value }) => value) },
    {
      name: 'reason',
      type: 'text?',
      values: metrics.map((metric) => (metric.value === null ? metric.reason : null)),
    },
  ];
}

function addData(table: CanonicalBytes, { type, values }: TypedColumn): void {
  switch (type) {
    case 'float64':
      table.float64s(values);
      break;
    case 'int32':
      table.int32s(values);
      break;
    case 'text':
      table.texts(values);
      break;
    case 'float64?':
      table.bitmap(values);
      table.float64s(withoutNulls(values, 0));
      break;
    case 'int32?':
      table.bitmap(values);
      table.int32s(withoutNulls(values, 0));
      break;
    case 'text?':
      table.bitmap(values);
      table.texts(withoutNulls(values, ''));
      break;
  }
}

const withoutNulls = <T>(values: ArrayLike<T | null>, instead: T): T[] =>
  Array.from(values, (value) => value ?? instead);

/** Tables are written one after another, never one inside another: they share it. */
const buffer = new Uint8Array(1 << 16);

/** Hashes as it is written, by way of one small buffer: a table of a million rows is never copied whole. */
class CanonicalBytes {
  readonly #buffer = buffer;
  readonly #view = new DataView(this.#buffer.buffer);
  #used = 0;

  constructor(private readonly hash: Hash) {}

  bytes(bytes: Uint8Array): void {
    this.#flush();
    this.hash.update(bytes);
  }

  /** Takes an unsigned 32-bit number just as well: the bits are the same. */
  int32(value: number): void {
    this.#makeRoom(4);
    this.#view.setInt32(this.#used, value, true);
    this.#used += 4;
  }

  text(text: string): void {
    if (text.length > SHORT || !this.#shortAscii(text)) {
      const bytes = utf8ToBytes(text);
      this.int32(bytes.length);
      this.bytes(bytes);
    }
  }

  float64s(values: ArrayLike<number>): void {
    this.#blocks(values.length, 8, (view, from, to) => {
      for (let i = from, at = 0; i < to; i++, at += 8) {
        const value = values[i]!;
        // x + 0 is x, but −0 + 0 is 0. DataView may store any of NaN's bit patterns, so it is spelt out.
        if (!Number.isNaN(value)) view.setFloat64(at, value + 0, true);
        else {
          view.setUint32(at, 0, true);
          view.setUint32(at + 4, 0x7ff80000, true);
        }
      }
    });
  }

  int32s(values: ArrayLike<number>): void {
    this.#blocks(values.length, 4, (view, from, to) => {
      for (let i = from, at = 0; i < to; i++, at += 4) {
        const value = values[i]!;
        if ((value | 0) !== value) throw new RangeError(`${value} in row ${i} is not an int32.`);
        view.setInt32(at, value, true);
      }
    });
  }

  texts(values: ArrayLike<string>): void {
    for (let i = 0; i < values.length; i++) this.text(values[i]!);
  }

  bitmap(values: ArrayLike<unknown>): void {
    const bits = new Uint8Array(Math.ceil(values.length / 8));
    for (let i = 0; i < values.length; i++) {
      if (values[i] === null) bits[i >> 3]! |= 1 << (i & 7);
    }
    this.bytes(bits);
  }

  digest(): string {
    this.#flush();
    return bytesToHex(this.hash.digest());
  }

  /** Fills and hashes the buffer as often as `rows` values of `size` bytes need it. */
  #blocks(
    rows: number,
    size: number,
    fill: (view: DataView, from: number, to: number) => void,
  ): void {
    this.#flush();
    const most = this.#buffer.length / size;
    for (let from = 0; from < rows; from += most) {
      const to = Math.min(rows, from + most);
      fill(this.#view, from, to);
      this.#used = (to - from) * size;
      this.#flush();
    }
  }

  /** Symbols, nearly always: their characters are their bytes. False, and nothing written, where they aren't. */
  #shortAscii(text: string): boolean {
    this.#makeRoom(4 + SHORT);
    const start = this.#used + 4;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      this.#buffer[start + i] = code;
    }
    this.int32(text.length);
    this.#used += text.length;
    return true;
  }

  #makeRoom(size: number): void {
    if (this.#used + size > this.#buffer.length) this.#flush();
  }

  #flush(): void {
    this.hash.update(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }
}
