/**
 * Other programs' set-ups by the whole engine: the file imported, features and signals in the shipped SQL,
 * simulation, metrics by their convention. Every trade to 1e-9, every statistic to 1e-6, relative. The figures come
 * from test/golden/peers; the studies are the named examples that `outsample example` prints.
 */
import { describe, expect, test } from 'vitest';
import { exampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { RunResult } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { runsOf } from './metrics-peers.ts';
import { backtestingNames, expectNear, numberOf, vectorbtNames } from './peer-statistics.ts';
import { barsOf, firstDifference, ourTrades, runSetup, theirTrades } from './peer-trades.ts';

const lab = createLab(startNodeEngine);

describe.each([
  ['backtesting.py', 'backtesting-py', backtestingNames],
  ['vectorbt', 'vectorbt', vectorbtNames],
] as const)('%s', (convention, peer, names) => {
  test.each(runsOf(peer).map((run) => [run.name, run] as const))(
    '%s: every trade, every statistic',
    async (name, { series, stats }) => {
      const setup = name.slice(0, name.lastIndexOf('.'));
      const result = await runSetup(lab, `${convention}/${setup}`, barsOf(series));
      const theirs = theirTrades(`test/golden/peers/${peer}/${name}.trades.csv`);
      expect(firstDifference(ourTrades(result), theirs)).toBeNull();
      const values = valuesOf(result, convention);
      for (const [label, [id, per = 1]] of Object.entries(names)) {
        const golden = numberOf(stats[label] ?? null);
        if (golden !== null) expectNear(values[id] ?? label, golden / per, 1e-6);
      }
    },
  );
});

/** Where Outsample by itself does otherwise: the setting that stands in the peer's shoes, and the first trade without it. */
describe('by design the first trade that differs', () => {
  test.each([
    [
      'at the end: an open trade stays open, backtesting.py closes it at the last bar’s open',
      'backtesting.py/sma-20-100-reverse.sp500',
      { execution: { endOfData: 'mark' } },
      57,
    ],
    [
      'in price: costs stand beside it, vectorbt’s slippage is inside',
      'vectorbt/sma-20-100-long-next-open.sp500',
      { costs: { booking: 'apart' } },
      0,
    ],
    [
      'in size: at a signal’s close equity may be less than buying power at the open is',
      'backtesting.py/sma-20-100-reverse.sp500',
      { size: { rule: 'fraction', fraction: 1, maximum: null, tooDear: 'cut' } },
      31,
    ],
  ])('%s', async (_, run, changes, expected) => {
    const [peer = '', name = ''] = run.split('/');
    const study = exampleStudy(run.slice(0, run.lastIndexOf('.')))!;
    const ours = await runOn(run.slice(run.lastIndexOf('.') + 1), withChanges(study, changes));
    const theirs = theirTrades(`test/golden/peers/${peer.replace('.', '-')}/${name}.trades.csv`);
    expect(firstDifference(ourTrades(ours), theirs)).toMatch(new RegExp(`^trade ${expected}:`));
  });

  test('after a stop: it may enter at the close of that very bar, vectorbt takes one order a bar', async () => {
    // Falls through its stop inside the bar on which the next entry is due.
    const bar = (day: number, open: number, high: number, low: number, close: number) =>
      `2024-01-0${day},${[open, high, low, close, 1000].join()}`;
    const bars = [
      'date,open,high,low,close,volume',
      bar(1, 100, 100, 100, 100),
      bar(2, 100, 101, 90, 98),
      bar(3, 98, 99, 97, 98),
    ].join('\n');
    const study = exampleStudy('vectorbt/every-40-bars-stop5-trail')!;
    const everyBar = { ...study, strategy: { id: 'every-n-bars', parameters: { every: 1 } } };
    const execution = { ...study.execution, reentry: 'same-bar' };
    const entries = async (study: object) =>
      ourTrades(await runCsv(bars, study)).map(({ entry }) => entry);
    expect(await entries(everyBar)).toEqual(['2024-01-01', '2024-01-03']);
    expect(await entries({ ...everyBar, execution })).toEqual(['2024-01-01', '2024-01-02']);
  });
});

const runOn = (series: string, study: object): Promise<RunResult> => runCsv(barsOf(series), study);

async function runCsv(csv: string, study: object): Promise<RunResult> {
  const quiet = (): void => undefined;
  unwrap(await lab.importFiles([{ name: 'bars.csv', content: new Blob([csv]) }], quiet));
  return unwrap(await lab.run(study, quiet));
}

const withChanges = (study: object, changes: Readonly<Record<string, object>>): object =>
  Object.fromEntries(
    Object.entries(study).map(([group, value]) => [
      group,
      group in changes ? { ...(value as object), ...changes[group] } : (value as unknown),
    ]),
  );

const valuesOf = ({ metrics }: RunResult, convention: 'backtesting.py' | 'vectorbt') =>
  Object.fromEntries(metrics[convention].map(({ id, value }) => [id, value]));
