/** Trial returns go out of a search and come in again: the judgement is that of an audit of the study. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const place = (name: string): string => join(folder, name);
const write = (name: string, content: string): string => {
  writeFileSync(place(name), content);
  return place(name);
};

interface Statistics {
  sharpe: { probability: number };
  deflated: { trials: number; variance: number; probability: number; minimumBacktestYears: number };
  pbo: { probability: number; logits: number[] };
  superior: object;
  cells: object;
  verdict: { kind: string };
}
interface Printed {
  verdict: { level: string };
  findings: { id: string; level: string; title: string; text: string }[];
  judged: Statistics;
  examined: { overfitting: Statistics };
}

const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n').slice(0, 160);
const data = write('SP500.csv', bars.join('\n'));
const bare = write('bare.json', '{}');
const varied = ['--vary', 'fast=3,5', 'slow=8,12'];

describe('trial returns', () => {
  it('that a search wrote are judged as the audit of its best study judges them, from any format', async () => {
    const study = write(
      'study.json',
      JSON.stringify({
        seed: 7,
        strategy: { id: 'moving-average-cross', parameters: { fast: 4, slow: 10 } },
        metrics: { riskFreeRate: 0.01 },
        validation: { walkForward: { minimumTrades: 1 } },
      }),
    );
    const judged: Printed[] = [];
    for (const format of ['csv', 'parquet']) {
      const file = place(`returns.${format}`);
      const { code, err } = await outsample(
        ...['search', study, '--data', data, ...varied, '--returns', file, '--out', place('found')],
      );
      expect(code).toBe(0);
      expect(err).toContain(`outsample audit --returns ${file} --risk-free 0.01 --seed 7`);
      const audit = ['audit', '--returns', file, '--risk-free', '0.01', '--seed', '7'];
      const { out } = await outsample(...audit, '--json');
      judged.push(JSON.parse(out) as Printed);
      expect((await outsample(...audit)).out).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }
    const [fromCsv, ...others] = judged;
    for (const other of others) expect(other).toEqual(fromCsv);

    const best = place('found/best.json');
    const { out } = await outsample('audit', best, '--data', data, ...varied, '--json');
    const { examined, findings } = JSON.parse(out) as Printed;
    const { sharpe, deflated, pbo, superior, cells, verdict } = examined.overfitting;
    const file = fromCsv!.judged;
    expect(file).toMatchObject({ sharpe, pbo, superior, cells, verdict });
    expect(file.deflated.trials).toBe(4);
    for (const key of ['variance', 'probability', 'minimumBacktestYears'] as const)
      expect(file.deflated[key]).toBeCloseTo(deflated[key], 12);
    for (const id of ['pbo', 'spa', 'edge'])
      expect(fromCsv!.findings.find((one) => one.id === id)).toEqual(
        findings.find((one) => one.id === id),
      );
    expect(readFileSync(place('returns.csv'), 'utf8').split('\r\n', 1)).toEqual([
      'date,t0001 fast=3 slow=8,t0002 fast=3 slow=12,t0003 fast=5 slow=8,t0004 fast=5 slow=12',
    ]);
  }, 180_000);

  it.each<[string, string[], string]>([
    [
      'another ending',
      ['search', bare, '--returns', 'x.xlsx'],
      'a name that ends in .csv, .parquet, .arrow',
    ],
    ['no ending', ['search', bare, '--returns', '-'], 'a name that ends in .csv'],
    ['no folder', ['search', bare, '--returns', 'none/x.csv'], 'Give --returns another path.'],
    ['the study’s own file', ['search', data, '--returns', data], 'Give --returns another path.'],
    [
      'more returns than a file holds',
      [
        ...[
          'search',
          bare,
          '--data',
          'datasets/sp500-2000-2020/SP500.csv',
          '--returns',
          place('x.csv'),
        ],
        ...['--method', 'random', '--trials', '20000', '--vary', 'entryThreshold=2:4'],
      ],
      'trials × 5,105 sessions are more than the 60,000,000 returns that one file holds.',
    ],
    ['no file', ['audit', '--returns', place('none.csv')], 'There is no such file.'],
    ['a study beside', ['audit', 's.json', '--returns', data], 'a study has no part in it'],
    ['data beside', ['audit', '--returns', data, '--data', data], '--data has no part in it'],
    [
      'a demonstration',
      ['audit', '--returns', data, '--demonstration', 'all'],
      '--demonstration has no part',
    ],
    [
      'no search beside',
      ['audit', '--returns', data, '--no-search'],
      '--no-search has no part in it',
    ],
    ['a seed of a study', ['audit', 's.json', '--seed', '3'], '--seed goes with --returns only.'],
    [
      'no periods',
      ['audit', '--returns', data, '--per-year', '0'],
      'There are no 0 periods in a year.',
    ],
    ['bars', ['audit', '--returns', data], 'These are no simple returns'],
  ])('are refused with %s', async (_, call, says) => {
    const { code, out, err } = await outsample(...call);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });
});
