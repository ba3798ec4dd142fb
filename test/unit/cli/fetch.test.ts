/** Data from addresses and sources: what is written, what is compared, and what is never told. */
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Server, serve } from '../remote/server.ts';
import { outsample } from './outsample.ts';

let folder: string;
let server: Server;
/** What FRED’s stand-in answers. */
let series: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outsample-fetch-'));
  series = 'observation_date,VIXCLS\n2024-01-02,13.20\n2024-01-03,14.04\n';
  server = await serve(({ url = '' }, response) => {
    if (url.startsWith('/graph')) response.end(series);
    else if (url.includes('.csv'))
      response.end(`date,open,high,low,close\n2024-01-02,1,2,1,${url.length}\n`);
    else response.writeHead(403).end(`no such key: ${url}`);
  });
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const fred = (...more: string[]) =>
  outsample(
    'fetch',
    'fred',
    '--symbols',
    'VIX=VIXCLS',
    '--from',
    '2024-01-01',
    '--to',
    '2024-01-31',
    '--base',
    server.origin,
    '--out',
    join(folder, 'vix.csv'),
    ...more,
  );
const read = (name: string) => readFile(join(folder, name), 'utf8');

describe('a source', () => {
  it('is written with where it is from, and its hash', async () => {
    const { code, out } = await fred();
    expect(code).toBe(0);
    expect(out).toContain('2 rows, 2024-01-02 to 2024-01-03');
    const text = await read('vix.csv');
    expect(text).toBe('date,series,value\n2024-01-02,VIX,13.20\n2024-01-03,VIX,14.04\n');
    expect(JSON.parse(await read('vix.csv.provenance.json'))).toMatchObject({
      source: 'FRED, St. Louis Fed',
      addresses: [`${server.origin}/graph/fredgraph.csv?…`],
      query: { symbols: { VIX: 'VIXCLS' }, from: '2024-01-01', to: '2024-01-31', options: {} },
      terms: expect.stringContaining('fred.stlouisfed.org'),
      sha256: createHash('sha256').update(text).digest('hex'),
      rows: 2,
      from: '2024-01-02',
      to: '2024-01-03',
    });
  });

  it('fetched again says what was revised, and replaces only if told', async () => {
    await fred();
    const first = await read('vix.csv');
    expect((await fred()).err).toContain('is as it was: nothing is written');
    series = 'observation_date,VIXCLS\n2024-01-03,14.05\n2024-01-04,14.13\n2024-01-05,13.35\n';
    const { code, err } = await fred();
    expect(code).toBe(2);
    expect(err).toContain(
      '2 rows added, the first of 2024-01-04; 1 row changed, the first of 2024-01-03; 1 row gone, the first of 2024-01-02.',
    );
    expect(await read('vix.csv')).toBe(first);
    expect((await fred('--force')).code).toBe(0);
    expect(await read('vix.csv')).toContain('2024-01-05,VIX,13.35');
    expect(JSON.parse(await read('vix.csv.provenance.json'))).toMatchObject({ rows: 3 });
  });

  it('does not take a file that it did not write for its own', async () => {
    await writeFile(join(folder, 'vix.csv'), 'my,own\n1,2\n');
    const { code, err } = await fred();
    expect([code, err]).toEqual([2, expect.stringContaining('The file there is another.')]);
    expect(await read('vix.csv')).toBe('my,own\n1,2\n');
  });

  it.each([
    [['fetch', 'nowhere'], 'There is no source of this name'],
    [['fetch', 'fred', '--symbols', 'X'], 'The first date is missing'],
    [['fetch', 'fred', '--from', '2024-01-01'], 'Series are missing'],
    [['fetch', 'fred', '--symbols', 'X', '--from', 'May'], 'The first date is no date'],
    [
      ['fetch', 'fred', '--symbols', 'X', '--from', '2024-02-01', '--to', '2024-01-01'],
      'is after the last',
    ],
    [
      ['fetch', 'fred', '--symbols', 'X', '--from', '2024-01-01', '--option', 'x=1'],
      'no option of this name',
    ],
    [
      ['fetch', 'alpaca', '--symbols', 'X', '--from', '2024-01-01', '--option', 'feed=x'],
      'feed cannot be this',
    ],
    [['fetch', 'tiingo', '--symbols', 'X', '--from', '2024-01-01'], 'needs a key: API token'],
    [['fetch', 'https://me:pw@host.example/x.csv'], 'with a name or password'],
  ])('%j is refused', async (args, words) => {
    const { code, err } = await outsample(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(err).not.toContain('pw@');
  });

  it('without a name, lists them with their keys and terms', async () => {
    const { out } = await outsample('fetch');
    expect(out).toContain('wikimedia: Wikipedia page views');
    expect(out).toContain('ALPACA_API_SECRET_KEY');
  });
});

describe('keys', () => {
  const alpha = (...more: string[]) =>
    outsample(
      'fetch',
      'alpha-vantage',
      '--symbols',
      'IBM',
      '--from',
      '2024-01-01',
      '--base',
      server.origin,
      '--out',
      join(folder, 'ibm.csv'),
      ...more,
    );

  it('from the environment or a file, and told to nobody though the other side repeats them', async () => {
    process.env['ALPHAVANTAGE_API_KEY'] = 'hunter2-from-env';
    const byEnvironment = await alpha().finally(() => delete process.env['ALPHAVANTAGE_API_KEY']);
    const path = join(folder, 'keys');
    await writeFile(path, '# mine\nALPHAVANTAGE_API_KEY=hunter2-from-file\n');
    await chmod(path, 0o644);
    const byFile = await alpha('--key-file', path);
    expect(server.asked.map((one) => one.path.split('apikey=')[1])).toEqual([
      'hunter2-from-env',
      'hunter2-from-file',
    ]);
    expect(byEnvironment.err).toContain('does not give this to the caller');
    expect(byFile.err).toContain('Others on this machine may read');
    await chmod(path, 0o600);
    expect((await alpha('--key-file', path)).err).not.toContain('Others on');
    for (const { out, err } of [byEnvironment, byFile]) expect(out + err).not.toContain('hunter2');
    expect(await readdir(folder)).toEqual(['keys']);
  });
});

describe('an address', () => {
  it('stands in place of a file, with its place and hash in the answer', async () => {
    const address = `${server.origin}/SPY.csv?token=hunter2`;
    const { code, out } = await outsample('check', address, '--json');
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as { files: object[] };
    expect(files).toMatchObject([{ name: 'SPY.csv', address: `${server.origin}/SPY.csv?…` }]);
    expect(out).not.toContain('hunter2');
  });

  it('with places for symbols and dates is a file for each symbol', async () => {
    const template = `${server.origin}/{symbol}.csv?from={from}&to={to}`;
    const { code, out } = await outsample(
      'fetch',
      template,
      '--symbols',
      'AAPL',
      'BRK/B',
      '--from',
      '2024-01-01',
      '--to',
      '2024-01-31',
      '--out',
      folder,
      '--json',
    );
    expect(code).toBe(0);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/AAPL.csv?from=2024-01-01&to=2024-01-31',
      '/BRK%2FB.csv?from=2024-01-01&to=2024-01-31',
    ]);
    expect((await readdir(folder)).sort()).toEqual([
      'AAPL.csv',
      'AAPL.csv.provenance.json',
      'BRK_B.csv',
      'BRK_B.csv.provenance.json',
    ]);
    expect(JSON.parse(out)).toMatchObject([{ rows: null, source: server.origin }, {}]);
  });

  it('that fails is told with code 2, and nothing is written', async () => {
    const { code, err } = await outsample(
      'fetch',
      `${server.origin}/closed`,
      '--out',
      join(folder, 'x.csv'),
    );
    expect([code, err]).toEqual([2, expect.stringContaining('status 403')]);
    expect(await readdir(folder)).toEqual([]);
  });
});
