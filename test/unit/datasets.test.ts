// The sample datasets are what their manifest says, byte for byte, and as odd as datasets/README.md admits, no more.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

interface DataFile {
  path: string;
  role: 'bars' | 'attention' | 'macro' | 'universe';
  sha256: string;
  bytes: number;
  rows: number;
  columns: string[];
  symbols: string[];
}

interface Dataset {
  id: string;
  title: string;
  description: string;
  span: [first: string, last: string];
  default: boolean;
  synthetic?: true;
  source: string;
  licence: string;
  files: DataFile[];
}

const folder = new URL('../../datasets/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Dataset[];
const files = manifest.flatMap((dataset) => dataset.files);

interface Table {
  header: string[];
  /** One record per row, keys in lower case; `symbol` comes from the file's name where no column has it. */
  rows: Record<string, string>[];
}

/** A file's bytes, unpacked. */
function contentOf({ path }: DataFile): Buffer {
  const bytes = readFileSync(new URL(path, folder));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

const tables = new Map<string, Table>();
function tableOf(file: DataFile): Table {
  const table = tables.get(file.path) ?? readTable(file);
  tables.set(file.path, table);
  return table;
}

function readTable(file: DataFile): Table {
  const [head = '', ...lines] = contentOf(file).toString().trimEnd().split('\n');
  const header = head.split(',');
  const symbolFromName = file.path.replace(/^.*\/|\.csv$/g, '');
  const rows = lines.map((line, n) => {
    const cells = line.split(',');
    if (cells.length !== header.length)
      throw new Error(`${file.path}, line ${n + 2}: ${cells.length} cells`);
    const row = Object.fromEntries(header.map((name, i) => [name.toLowerCase(), cells[i] ?? '']));
    return { ...row, symbol: row['symbol'] ?? row['series'] ?? symbolFromName };
  });
  return { header, rows };
}

const number = (row: Record<string, string>, column: string): number => Number(row[column]);
const key = (row: Record<string, string>): string =>
  `${row['symbol']} ${row['date'] ?? row['from']}`;

/** Symbol and date of every bar, in any dataset, that fulfils the condition. */
function barsWhere(odd: (bar: Record<string, string>) => boolean): string[] {
  return files
    .filter((file) => file.role === 'bars')
    .flatMap((file) => tableOf(file).rows.filter(odd).map(key));
}

describe('manifest', () => {
  it('names every data file in the folder, each once', () => {
    const onDisk = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) =>
        readdirSync(new URL(`${entry.name}/`, folder)).map((name) => `${entry.name}/${name}`),
      );
    expect(files.map((file) => file.path).sort()).toEqual(onDisk.sort());
  });

  it('has unique ids and exactly one default', () => {
    expect(new Set(manifest.map((dataset) => dataset.id)).size).toBe(manifest.length);
    expect(manifest.filter((dataset) => dataset.default).map((dataset) => dataset.id)).toEqual([
      'us-indices-2014-2018',
    ]);
  });

  it('says where each dataset comes from and under which licence', () => {
    for (const { title, description, source, licence } of manifest) {
      for (const text of [title, description, source, licence]) expect(text).not.toBe('');
    }
  });

  it.each(manifest)('$id: the span is that of its bars', ({ files, span }) => {
    const dates = files
      .filter((file) => file.role === 'bars')
      .flatMap((file) => tableOf(file).rows.map((row) => row['date'] ?? ''))
      .sort();
    expect([dates.at(0), dates.at(-1)]).toEqual(span);
  });
});

describe.each(files)('$path', (file) => {
  const bytes = readFileSync(new URL(file.path, folder));

  it('has the size and SHA-256 of the manifest, and LF line ends', () => {
    expect(bytes.length).toBe(file.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    const content = contentOf(file);
    expect(content.includes('\r')).toBe(false);
    expect(content.at(-1)).toBe(0x0a);
  });

  it('has the header, row count and symbols of the manifest', () => {
    const { header, rows } = tableOf(file);
    expect(header).toEqual(file.columns);
    expect(rows).toHaveLength(file.rows);
    expect([...new Set(rows.map((row) => row['symbol']))]).toEqual(file.symbols);
  });

  it('is in (symbol, date) order without duplicates', () => {
    const keys = tableOf(file).rows.map(key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual([...keys].sort());
  });

  it.skipIf(file.role === 'universe')('has ISO dates and plain numbers without blanks', () => {
    const { header, rows } = tableOf(file);
    const columns = header.map((name) => name.toLowerCase());
    const numeric = columns.slice(columns.indexOf('date') + 1);
    expect(rows.filter((row) => !/^\d{4}-\d\d-\d\d$/.test(row['date'] ?? ''))).toEqual([]);
    expect(
      rows.filter((row) => numeric.some((name) => !/^\d+(\.\d+)?$/.test(row[name] ?? ''))),
    ).toEqual([]);
  });
});

describe('what datasets/README.md says is odd', () => {
  it('no bar has its open or close outside [low, high], or a price of zero', () => {
    const odd = barsWhere((bar) => {
      const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((column) =>
        number(bar, column),
      ) as [number, number, number, number];
      return low <= 0 || low > Math.min(open, close) || high < Math.max(open, close);
    });
    expect(odd).toEqual([]);
  });

  it('two NASDAQ bars have no volume', () => {
    expect(barsWhere((bar) => number(bar, 'volume') === 0)).toEqual([
      'NASDAQ 2015-05-12',
      'NASDAQ 2018-01-09',
    ]);
  });

  it("1,760 of the S&P 500's opens are the close before, nearly all of them before 2014", () => {
    const file = files.find(({ path }) => path === 'sp500-2000-2020/SP500.csv');
    const bars = file ? tableOf(file).rows : [];
    const dates = bars
      .filter((bar, i) => bar['open'] === bars[i - 1]?.['close'])
      .map((bar) => bar['date'] ?? '');
    expect(dates).toHaveLength(1760);
    expect(dates.filter((date) => date >= '2014')).toEqual(['2014-03-19', '2015-01-02']);
  });

  it('the shares keep three splits and one crash that looks like one', () => {
    const halved = files
      .filter(({ path }) => path.startsWith('us-shares-2000-2013/'))
      .flatMap((file) => {
        const bars = tableOf(file).rows;
        return bars
          .filter((bar, i) => number(bar, 'close') < 0.6 * number(bars[i - 1] ?? bar, 'close'))
          .map(key);
      });
    expect(halved).toEqual([
      'AAPL 2000-06-21',
      'AAPL 2000-09-29',
      'AAPL 2005-02-28',
      'MSFT 2003-02-18',
    ]);
  });
});

describe('the synthetic dataset', () => {
  const made = manifest.filter(({ synthetic }) => synthetic);
  const [bars, universe] = ['bars', 'universe'].map((role) => {
    const found = made.flatMap((dataset) => dataset.files).find((file) => file.role === role);
    return found ? tableOf(found).rows : [];
  }) as [Table['rows'], Table['rows']];

  it('is the only one, says so, and is small', () => {
    expect(made.map(({ id }) => id)).toEqual(['synthetic-2014-2023']);
    const [{ title, description, source, files }] = made as [Dataset];
    expect(`${title} ${description}`).toMatch(/^Synthetic shares .* invented/);
    expect(source).toMatch(/^made by datasets\/make-synthetic.mjs from seed \d+$/);
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(3_000_000);
  });

  it('is made anew from its seed, byte for byte once unpacked', () => {
    execFileSync('node', ['datasets/make-synthetic.mjs', '--check'], { stdio: 'pipe' });
  });

  it('has the run whose curve stands on the empty page', () => {
    execFileSync('node', ['scripts/make-first-curve.mjs', '--check'], { stdio: 'pipe' });
  }, 60_000);

  it('has sixty symbols, twelve that are delisted, three splits and a ticker used twice', () => {
    expect(new Set(bars.map((bar) => bar['symbol'])).size).toBe(60);
    const last = new Map(bars.map((bar) => [bar['symbol'], bar['date'] ?? '']));
    const ended = universe.filter(
      ({ symbol, to = '' }) => to !== '' && (last.get(symbol) ?? '') < to,
    );
    expect(ended).toHaveLength(12);
    const jumps = bars.filter((bar, i) => {
      const before = bars[i - 1] ?? bar;
      return (
        before['symbol'] === bar['symbol'] && number(bar, 'open') < 0.6 * number(before, 'close')
      );
    });
    expect(jumps.map(key)).toEqual(['EN03 2016-09-07', 'RE05 2019-07-24', 'TE02 2021-08-04']);
    expect(universe.filter(({ symbol }) => symbol === 'TE07').map(({ group }) => group)).toEqual([
      'Technology',
      'Health',
    ]);
  });
});
