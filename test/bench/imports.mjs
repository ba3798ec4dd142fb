/** One history in five forms, beside native DuckDB's bare read_csv of it: every contender once a round, so that all meet the same load. */
import { spawnSync } from 'node:child_process';
import { createReadStream, openAsBlob, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  DateDay,
  Float64,
  Table,
  Utf8,
  makeData,
  makeVector,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { startNative } from './native.mjs';
import { howToInstall } from './peers.mjs';
import { median } from './report.mjs';
import { writeSynthetic } from './synthetic.mjs';

export async function measureImports({ node, chromium, csv, folder, rounds }) {
  const forms = { CSV: csv.path, ...(await otherForms(csv, folder)) };
  const contenders = [];
  const skipped = [];
  const native = await startNative();
  if (native === null) skipped.push(`native DuckDB: not installed; ${howToInstall}`);
  else
    contenders.push({
      label: 'read_csv, native DuckDB, 1 thread',
      time: async () => {
        const started = performance.now();
        await native.readCsv(csv.path);
        return performance.now() - started;
      },
    });
  const bench = node.nodeWorkbench();
  await bench.start();
  const fingerprints = new Set();
  for (const [form, path] of Object.entries(forms))
    contenders.push({
      label: `Outsample, Node, ${form}`,
      time: async () => {
        const { time, fingerprint } = await bench.importCsv(csv.name, await openAsBlob(path));
        fingerprints.add(fingerprint);
        return time;
      },
    });
  if (chromium) {
    await chromium.fresh();
    await chromium.call('start');
    contenders.push({
      label: 'Outsample, Chromium, CSV',
      time: async () => {
        const { time, fingerprint } = await chromium.call('importFrom', csv.name);
        fingerprints.add(fingerprint);
        return time;
      },
    });
  }
  const times = new Map(contenders.map(({ label }) => [label, []]));
  for (let round = 0; round < rounds; round++)
    for (const { label, time } of contenders) times.get(label).push(await time());
  native?.close();
  if (fingerprints.size > 1) throw new Error('The forms of one history have several fingerprints.');
  const results = [...times].map(([label, found]) => ({
    label,
    median: median(found),
    least: Math.min(...found),
    most: Math.max(...found),
  }));
  return { results, skipped, large: await measureLarge(node, folder) };
}

/** 8 million rows in a process of their own, whose peak of memory is theirs. */
async function measureLarge({ file }, folder) {
  const csv = await writeSynthetic(folder, 3200, 2500);
  const script = `
    const { openAsBlob } = await import('node:fs');
    const bench = (await import(${JSON.stringify(file)})).nodeWorkbench();
    await bench.start();
    const before = process.memoryUsage().rss;
    const { time } = await bench.importCsv(${JSON.stringify(csv.name)}, await openAsBlob(${JSON.stringify(csv.path)}));
    console.log(JSON.stringify({ time, before, peak: process.resourceUsage().maxRSS * 1024 }));
    process.exit(0);`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  if (child.status !== 0) throw new Error(`8 million rows: ${child.stderr}`);
  return { rows: csv.rows, bytes: csv.bytes, ...JSON.parse(child.stdout) };
}

/** The same bars with decimal commas, wholly quoted, as Arrow and as Parquet. */
async function otherForms({ path, rows }, folder) {
  const names = ['symbol', 'date', 'open', 'high', 'low', 'close', 'volume'];
  const european = [`${names.join(';')}\n`];
  const quoted = [`${names.map((name) => `"${name}"`).join()}\n`];
  const symbols = [];
  const days = new Int32Array(rows);
  const numbers = names.slice(2).map(() => new Float64Array(rows));
  const lines = createInterface({ input: createReadStream(path) });
  let row = -1;
  lines.on('line', (line) => {
    if (row >= 0) {
      const cells = line.split(',');
      european.push(`${cells.join(';').replaceAll('.', ',')}\n`);
      quoted.push(`"${cells.join('","')}"\n`);
      symbols.push(cells[0]);
      days[row] = Date.parse(cells[1]) / 86_400_000;
      for (const [i, column] of numbers.entries()) column[row] = Number(cells[i + 2]);
    }
    row += 1;
  });
  await once(lines, 'close');
  const write = (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const table = new Table({
    symbol: vectorFromArray(symbols, new Utf8()),
    date: makeVector(makeData({ type: new DateDay(), length: rows, data: days })),
    ...Object.fromEntries(
      numbers.map((data, i) => [
        names[i + 2],
        makeVector(makeData({ type: new Float64(), length: rows, data })),
      ]),
    ),
  });
  const columnData = [
    { name: 'symbol', data: symbols, type: 'STRING' },
    {
      name: 'date',
      data: Array.from(days, (day) => new Date(day * 86_400_000)),
      type: 'TIMESTAMP',
    },
    ...numbers.map((data, i) => ({ name: names[i + 2], data, type: 'DOUBLE' })),
  ];
  return {
    'decimal commas': write('european.csv', european.join('')),
    'wholly quoted': write('quoted.csv', quoted.join('')),
    Arrow: write('bars.arrow', tableToIPC(table, 'file')),
    Parquet: write('bars.parquet', new Uint8Array(parquetWriteBuffer({ columnData }))),
  };
}
