/** Made-up minutes in the regular hours of New York, one history in four forms: seeded, no market's. */
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Dictionary,
  Float64,
  Int32,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampSecond,
  Utf8,
  makeData,
  vectorFromArray,
  Field,
} from 'apache-arrow';
import { ParquetWriter } from 'hyparquet-writer';
import { fileWriter } from 'hyparquet-writer/src/node.js';
import { mulberry32, symbolName } from './synthetic.mjs';

const numbers = ['open', 'high', 'low', 'close', 'volume'];
const names = ['symbol', 'time', ...numbers];

/**
 * Writes `symbols` × `bars` minutes to `folder`: minutes.csv, minutes.arrow, minutes.parquet and split/SYMBOL.csv, as far as
 * they are among `forms` (csv, arrow, parquet, split). `sessionColumns` is the project's own. Gives their paths.
 */
export async function writeMinutes(folder, symbols, bars, forms, { sessionColumns }, seed = 1) {
  mkdirSync(join(folder, 'split'), { recursive: true });
  const times = tradedMinutes(sessionColumns, bars);
  const random = mulberry32(seed);
  const paths = {
    csv: join(folder, 'minutes.csv'),
    arrow: join(folder, 'minutes.arrow'),
    parquet: join(folder, 'minutes.parquet'),
  };
  const split = [];
  const writers = forms
    .filter((form) => form !== 'split')
    .map((form) => writerOf[form](paths[form], symbols, bars));
  for (let s = 0; s < symbols; s++) {
    const columns = walk(bars, random);
    for (const { add } of writers) await add(symbolName(s), s, times, columns);
    if (!forms.includes('split')) continue;
    const path = join(folder, 'split', `${symbolName(s)}.csv`);
    const one = csvWriter(path);
    await one.add(symbolName(s), s, times, columns);
    await one.end();
    split.push(path);
  }
  for (const { end } of writers) await end();
  return { ...Object.fromEntries(forms.map((form) => [form, paths[form]])), split };
}

/** The first `count` minutes of sessions from 2010 on: seconds since 1970. */
function tradedMinutes(sessionColumns, count) {
  const { open, close } = sessionColumns('XNYS', 14_610, 20_450);
  const times = new Float64Array(count);
  let at = 0;
  for (let i = 0; at < count; i++)
    for (let time = open[i]; time < close[i] && at < count; time += 60) times[at++] = time;
  return times;
}

/** One symbol's prices in cents and volumes, as numbers of two decimals. */
function walk(bars, random) {
  const columns = Object.fromEntries(numbers.map((name) => [name, new Float64Array(bars)]));
  const { open, high, low, close, volume } = columns;
  let last = 5_000 + 10_000 * random();
  for (let i = 0; i < bars; i++) {
    const first = last * (1 + 0.0004 * (random() - 0.5));
    // The pull towards 100 keeps a long walk within prices that two decimals can tell apart.
    last = first * (1 + 0.003 * (random() - 0.5) + 0.0001 * (10_000 / first - 1));
    open[i] = Math.round(first) / 100;
    close[i] = Math.round(last) / 100;
    high[i] = Math.round(Math.max(first, last) * (1 + 0.0008 * random())) / 100;
    low[i] = Math.round(Math.min(first, last) * (1 - 0.0008 * random())) / 100;
    volume[i] = Math.round(1e4 * (0.5 + random()));
  }
  return columns;
}

function csvWriter(path) {
  const file = createWriteStream(path);
  file.write(`${names.join()}\n`);
  let texts;
  return {
    async add(symbol, _, times, columns) {
      texts ??= Array.from(times, (time) =>
        new Date(time * 1000).toISOString().replace('.000', ''),
      );
      const { open, high, low, close, volume } = columns;
      for (let from = 0; from < times.length; from += 20_000) {
        const lines = [];
        for (let i = from; i < Math.min(times.length, from + 20_000); i++)
          lines.push(
            `${symbol},${texts[i]},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]}\n`,
          );
        if (!file.write(lines.join(''))) await once(file, 'drain');
      }
    },
    async end() {
      file.end();
      await once(file, 'finish');
    },
  };
}

/** A stream of one batch for each symbol, which is a dictionary's word. */
function arrowWriter(path, symbols) {
  const type = new Dictionary(new Utf8(), new Int32());
  const dictionary = vectorFromArray(
    Array.from({ length: symbols }, (_, s) => symbolName(s)),
    new Utf8(),
  );
  const schema = new Schema([
    new Field('symbol', type),
    new Field('time', new TimestampSecond('UTC')),
    ...numbers.map((name) => new Field(name, new Float64())),
  ]);
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  return {
    add(_, s, times, columns) {
      const { length } = times;
      const children = [
        makeData({ type, length, data: new Int32Array(length).fill(s), dictionary }),
        makeData({
          type: new TimestampSecond('UTC'),
          length,
          data: BigInt64Array.from(times, BigInt),
        }),
        ...numbers.map((name) => makeData({ type: new Float64(), length, data: columns[name] })),
      ];
      writer.write(
        new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children })),
      );
    },
    end() {
      writer.finish();
      writeFileSync(path, writer.toUint8Array(true));
    },
  };
}

/** A row group for each 100,000 rows. */
function parquetWriter(path, symbols, bars) {
  const schema = [
    { name: 'root', num_children: names.length },
    { name: 'symbol', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    {
      name: 'time',
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      converted_type: 'TIMESTAMP_MILLIS',
      repetition_type: 'REQUIRED',
    },
    ...numbers.map((name) => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema });
  let dates;
  return {
    async add(symbol, _, times, columns) {
      dates ??= Array.from(times, (time) => new Date(time * 1000));
      await writer.write({
        columnData: [
          { name: 'symbol', data: new Array(bars).fill(symbol) },
          { name: 'time', data: dates },
          ...numbers.map((name) => ({ name, data: columns[name] })),
        ],
        rowGroupSize: 100_000,
      });
    },
    end: () => writer.finish(),
  };
}

const writerOf = { csv: csvWriter, arrow: arrowWriter, parquet: parquetWriter };
