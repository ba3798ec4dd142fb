import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { completeStudy, sampleStudy, withEverySetting } from '../../../src/domain/study/study.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

interface Printed {
  metrics: Record<string, number | null>;
  reasons: Record<string, string>;
  counts: { trades: number; sessions: number; bars: number };
  digests: Record<string, string>;
  dataset: { symbols: { symbol: string; bars: number }[] };
}

describe('outsample run', () => {
  it('runs a bare study on the bundled default and prints a summary', async () => {
    const { code, out, err } = await outsample('run', write('bare.json', '{}'));
    expect(code).toBe(0);
    expect(err).toContain('using the bundled dataset us-indices-2014-2018');
    expect(out).toContain(
      'Harvester — harvester on 2 symbols, 2014-01-02 to 2018-12-31, 1,258 sessions',
    );
    expect(out).toMatch(/Sharpe ratio +−?\d/);
    expect(out).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('prints one JSON object, writes the run’s files, and gives the same digests for what it wrote', async () => {
    const data = 'datasets/sp500-2000-2020/SP500.csv';
    const study = write('z.json', JSON.stringify(sampleStudy('zscore-reversion')));
    const outDir = join(folder, 'results');
    const first = await outsample('run', study, '--data', data, '--json', '--out', outDir);
    expect(first.code).toBe(0);
    const printed = JSON.parse(first.out) as Printed;
    expect(printed.counts).toMatchObject({ trades: 130, sessions: 5105, bars: 5105 });
    expect(printed.metrics['final-equity']).toBeCloseTo(1_037_134.6731928579, 6); // backtesting.py: Equity Final [$]
    expect(readdirSync(outDir).sort()).toEqual([
      'equity.csv',
      'features.csv',
      'fills.csv',
      'study.json',
      'trades.csv',
    ]);
    expect(readFileSync(join(outDir, 'trades.csv'), 'utf8').trim().split('\r\n')).toHaveLength(131);
    const again = await outsample(
      ...['run', join(outDir, 'study.json'), '--data', data, '--json'],
      ...['--out', outDir, '--format', 'parquet'],
    );
    const { buffer } = new Uint8Array(readFileSync(join(outDir, 'trades.parquet')));
    expect(parquetMetadata(buffer).num_rows).toBe(130n);
    expect((JSON.parse(again.out) as Printed).digests).toEqual(printed.digests);
  });

  it('takes a folder of files, one per symbol, with adjusted closes', async () => {
    const { code, out } = await outsample(
      'run',
      write('bare.json', '{}'),
      '--data',
      'datasets/us-shares-2000-2013',
      '--json',
    );
    expect(code).toBe(0);
    const printed = JSON.parse(out) as Printed;
    expect(printed.dataset.symbols.map(({ symbol }) => symbol)).toEqual([
      'AAPL',
      'GOOG',
      'IBM',
      'MSFT',
    ]);
  });

  it('takes all data below a folder, and tells what else is there; a file named by itself must be data', async () => {
    const study = write('bare.json', '{}');
    const below = join(folder, 'prices', 'more');
    mkdirSync(below, { recursive: true });
    writeFileSync(join(folder, 'prices', '.DS_Store'), '\0');
    writeFileSync(join(folder, 'prices', 'about.json'), '{}');
    copyFileSync('test/sql/containers/A.csv.zst', join(folder, 'prices', 'B.csv.zst'));
    copyFileSync('test/sql/containers/bars.csv', join(below, 'bars.csv'));
    const { code, out } = await outsample('run', study, '--data', join(folder, 'prices'), '--json');
    expect(code).toBe(0);
    const { dataset } = JSON.parse(out) as Printed;
    expect(dataset.symbols.map(({ symbol }) => symbol)).toEqual([
      'A',
      'A-SYMBOL-OF-MORE-THAN-12',
      'B',
    ]);
    expect(out).toMatch(/look like no data: .*about\.json/);
    const named = await outsample('run', study, '--data', join(folder, 'prices', 'about.json'));
    expect(named.err).toContain('This is JSON.');
  });

  it('takes costs and the convention from its options; all metrics on demand', async () => {
    const study = write('bare.json', '{}');
    const options = ['--costs', 'none', '--convention', 'backtesting.py'];
    const printed = JSON.parse((await outsample('run', study, ...options, '--json')).out) as {
      convention: string;
      metrics: Record<string, number | null>;
      metricsByConvention: Record<string, Record<string, number | null>>;
      costs: Record<string, number>;
    };
    expect(printed.convention).toBe('backtesting.py');
    expect(printed.metrics).toEqual(printed.metricsByConvention['backtesting.py']);
    expect(Object.keys(printed.metricsByConvention)).toHaveLength(4);
    expect(printed.costs).toEqual({ commission: 0, spread: 0, slippage: 0, impact: 0, borrow: 0 });

    const { out } = await outsample('run', study, ...options, '--all-metrics');
    expect(out).toContain('Metrics as backtesting.py defines them.');
    expect(out).toMatch(/^DRAWDOWN$/m);
    expect(out).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('says why a metric has no value', async () => {
    const study = write('never.json', '{"strategy": {"parameters": {"entryThreshold": 1000}}}');
    const { out } = await outsample('run', study, '--json');
    const printed = JSON.parse(out) as Printed;
    expect(printed.metrics['win-rate']).toBeNull();
    expect(printed.reasons['win-rate']).toBe('There are no trades.');
    expect((await outsample('run', study)).out).toContain('— (There are no trades.)');
  });

  it.each([
    ['a study that is not JSON', ['run', write('broken.json', '{"costs":')], 'This is not JSON'],
    [
      'a study that is not valid',
      ['run', write('wrong.json', '{"costs": {"slippage": -1}}')],
      '/costs/slippage: This must be a number of at least 0. Found “-1”.',
    ],
    ['a missing study', ['run', join(folder, 'none.json')], 'There is no such file.'],
    [
      'a missing data file',
      ['run', write('bare.json', '{}'), '--data', 'none.csv'],
      'none.csv: There is no such file.',
    ],
    [
      'an empty folder',
      ['run', write('bare.json', '{}'), '--data', mkdtempSync(join(folder, 'empty-'))],
      'This folder holds no files of data: CSV, Excel, Parquet, Arrow or zip.',
    ],
    [
      'bad data',
      [
        'run',
        write('bare.json', '{}'),
        '--data',
        write('bad.csv', 'date,open,high,low,close\n2020-01-02,1,2,0.5,x\n'),
      ],
      'bad.csv, line 2, column “close”: This is not a price. Found “x”.',
    ],
    [
      'dates that can be read two ways',
      [
        'run',
        write('bare.json', '{}'),
        '--data',
        write('undated.csv', 'date,open,high,low,close\n01/02/2024,1,2,0.5,1\n'),
      ],
      'Day first, 31/12: --date-order day-first. Month first, 12/31: --date-order month-first.',
    ],
    [
      'a folder for results that is a file',
      ['run', write('bare.json', '{}'), '--out', write('taken', '')],
      'This folder cannot be made (EEXIST).',
    ],
    ['unknown costs', ['run', 'x.json', '--costs', 'cheap'], 'Allowed choices are'],
    ['an unknown command', ['fly'], 'unknown command'],
    ['an unknown option', ['run', 'x.json', '--fast'], 'unknown option'],
  ])('refuses %s with exit code 2 and nothing on stdout', async (_, args, message) => {
    const { code, out, err } = await outsample(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});

describe('outsample example, schema, --help', () => {
  it('prints a complete study', async () => {
    const { out } = await outsample('example');
    expect(withEverySetting(completeStudy(JSON.parse(out)))).toEqual(JSON.parse(out));
    expect((await outsample('example', 'zscore-reversion')).out).toContain('zscore-reversion');
    expect(await outsample('example', 'martingale')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Use one of: harvester, ') as string,
    });
  });

  it('lists names, and prints the study of each', async () => {
    const names = (await outsample('example', '--list')).out.trim().split('\n');
    expect(names).toContain('custom');
    const peer = names.find((name) => name.startsWith('backtesting.py/'));
    const printed = JSON.parse((await outsample('example', peer ?? '')).out) as { metrics: object };
    expect(printed.metrics).toMatchObject({ convention: 'backtesting.py' });
  });

  it('prints the schema and the help', async () => {
    expect(JSON.parse((await outsample('schema')).out)).toMatchObject({ title: 'Outsample study' });
    const help = await outsample('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Exit codes:');
  });
});
describe('outsample search', () => {
  it('prints the best trials and writes all of them, with the best one’s study', async () => {
    const out = join(folder, 'searched');
    const { code, out: text } = await outsample(
      'search',
      write('searched.json', '{}'),
      ...['--vary', 'entryThreshold=2:3:2', '/exits/stop=1,off', '--out', out],
    );
    expect(code).toBe(0);
    expect(text).toContain('4 of 4 trials over Entry threshold, Stop');
    expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/);
    const lines = readFileSync(join(out, 'trials.csv'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('strategy.parameters.entryThreshold,exits.stop,sharpe,');
    const best: unknown = JSON.parse(readFileSync(join(out, 'best.json'), 'utf8'));
    expect(completeStudy(best).strategy.parameters['entryThreshold']).toBeOneOf([2, 3]);
  });

  it('says how to write what to vary', async () => {
    const { code, err } = await outsample('search', write('bare.json', '{}'), '--vary', 'stop');
    expect(code).toBe(2);
    expect(err).toContain('Write --vary entryThreshold=2:4:5');
  });
});

describe('outsample audit', () => {
  it('examines a run, counts its trials in a file, and leaves open what the data are too short for', async () => {
    const ledger = join(folder, 'trials.sqlite');
    const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
    const { code, out, err } = await outsample(
      'audit',
      write(
        'audited.json',
        '{"strategy": {"id": "moving-average-cross", "parameters": {"fast": 4, "slow": 10}}}',
      ),
      ...['--data', write('SP500.csv', bars.slice(0, 100).join('\n')), '--ledger', ledger],
      ...['--vary', 'fast=3,5', 'slow=8,12', '--json'],
    );
    expect(code).toBe(0);
    const { findings } = JSON.parse(out) as {
      findings: { id: string; level: string; text: string }[];
    };
    const of = (id: string) => findings.find((finding) => finding.id === id);
    expect(of('look-ahead')?.level).toBe('green');
    expect(of('walk-forward')?.level).toBe('open');
    expect(err).toContain('Use shorter windows, or more data.');
    // The run itself, and the four of the search.
    expect(of('deflated-sharpe')?.text).toContain('Counting 5 trials');
    expect(readFileSync(ledger).subarray(0, 15).toString()).toBe('SQLite format 3');
  }, 180_000);

  it('prints the verdict first, and what would change each finding', async () => {
    const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
    const { code, out } = await outsample(
      'audit',
      write(
        'free.json',
        '{"strategy": {"id": "buy-and-hold"}, "execution": {"fill": "same-close"}}',
      ),
      ...['--data', write('SHORT.csv', bars.slice(0, 80).join('\n')), '--no-search'],
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^Buy & hold — RED: Do not trust this result as it stands: /);
    expect(out).toContain('To change it: Set the fill to the next open and run again.');
    expect(out).not.toMatch(/NaN|Infinity|undefined|\[object/);
  }, 120_000);

  it('catches a known cheat, and wants a study otherwise', async () => {
    const { code, out } = await outsample('audit', '--demonstration', 'full-sample-score');
    expect(code).toBe(0);
    expect(out).toContain('Full-sample z-score: caught');
    expect(await outsample('audit')).toMatchObject({ code: 2 });
  });
});

describe('outsample walk-forward', () => {
  it('prints folds, the stitched curve, paths and digests', async () => {
    const out = join(folder, 'folds');
    const { code, out: text } = await outsample(
      'walk-forward',
      write('folds.json', JSON.stringify({ strategy: { id: 'moving-average-cross' } })),
      ...['--vary', 'fast=5,10', 'slow=20:40:2', '--cross-validation', '--out', out],
    );
    expect(code).toBe(0);
    expect(text).toContain('walk-forward of 4 parameter sets over 6 folds');
    expect(text).toContain('15 splits, 5 paths');
    expect(text).toMatch(/equity +[0-9a-f]{64}/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(readFileSync(join(out, 'folds.csv'), 'utf8').trim().split('\n')).toHaveLength(7);
    expect(readdirSync(out).sort()).toEqual(['equity.csv', 'folds.csv', 'trades.csv']);
  });
});
