/**
 * Hourly bars by the whole engine beside what backtesting.py and vectorbt make of them: every trade, every statistic that
 * they define. The figures come from make_hours.py; the studies are the named examples of `outsample example`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exampleStudy } from '../../../src/domain/study/study.ts';
import { unwrap } from '../../../src/wire/errors.ts';
import type { RunResult } from '../../../src/wire/lab.ts';
import { startNodeEngine } from '../../../workers/engines/duckdb-node.ts';
import { createLab } from '../../../workers/services/lab.ts';
import { backtestingNames, expectNear, numberOf, vectorbtNames } from '../peer-statistics.ts';
import peers from './peers.json' with { type: 'json' };

type Trade = readonly [
  entry: number,
  exit: number,
  size: number,
  entryPrice: number,
  exitPrice: number,
  profit: number,
];

const lab = createLab(startNodeEngine);
const quiet = (): void => undefined;
const bars = {
  name: 'hours.csv',
  content: new Blob([readFileSync('test/golden/hours/hours.csv')]),
  exchange: 'XNYS',
} as const;

/** What they print as a date has the time of its bar, ours is a session. */
const ofDates = new Set(['Start', 'End', 'Duration', 'Period']);

async function run(example: string): Promise<RunResult> {
  unwrap(await lab.importFiles([bars], quiet));
  return unwrap(await lab.run(exampleStudy(example)!, quiet));
}

const tradesOf = ({ trades, equity }: RunResult): Trade[] =>
  Array.from({ length: trades.length }, (_, i) => [
    trades.entryStep[i]!,
    trades.reason[i]! < 0 ? equity.day.length - 1 : trades.exitStep[i]!,
    trades.side[i]! * trades.quantity[i]!,
    trades.entryPrice[i]!,
    trades.exitPrice[i]!,
    trades.net[i]!,
  ]);

test('trials of other bars than the study’s are refused; of none there is nothing to do', async () => {
  unwrap(await lab.importFiles([bars], quiet));
  const study = exampleStudy('vectorbt/sma-20-100-long-next-open')!;
  expect(unwrap(await lab.sweep([], quiet))).toEqual([]);
  const every = (length: string) => ({ ...study, bars: { every: length } });
  const refused = await lab.sweep([every('2h'), every('session')], quiet);
  expect(refused).toMatchObject({ ok: false, error: { place: { path: '/bars/every' } } });
  expect(unwrap(await lab.sweep([every('2h')], quiet))).toHaveLength(1);
});

describe.each([
  ['backtesting.py', backtestingNames],
  ['vectorbt', vectorbtNames],
] as const)('%s', (convention, names) => {
  test.each(peers[convention].map((peer) => [peer.name, peer] as const))(
    '%s',
    async (name, peer) => {
      const result = await run(`${convention}/${name}`);
      const ours = tradesOf(result);
      const theirs = peer.trades as unknown as readonly Trade[];
      expect(ours.map(([entry, exit]) => [entry, exit])).toEqual(
        theirs.map(([entry, exit]) => [entry, exit]),
      );
      ours.forEach((trade, i) => {
        trade.forEach((value, column) => expectNear(value, theirs[i]![column]!, 1e-9));
      });
      const values = new Map(result.metrics[convention].map(({ id, value }) => [id, value]));
      const stats = peer.stats as unknown as Readonly<Record<string, number | string>>;
      for (const [label, [id, per = 1]] of Object.entries(names)) {
        if (ofDates.has(label)) continue;
        const golden = numberOf(stats[label] ?? null);
        // vectorbt counts bars, and calls each an hour; ours are the bars.
        const unit = convention === 'vectorbt' && label.includes('Duration') ? 1 / 24 : per;
        if (golden !== null) expectNear(values.get(id) ?? label, golden / unit, 1e-6);
      }
    },
  );
});
