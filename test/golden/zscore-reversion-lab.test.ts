/**
 * The same 130 trades as zscore-reversion.test.ts, by the whole engine: the file imported, features and signals
 * in the shipped SQL. Made by backtesting.py 0.6.6 on vega-datasets 3.2.1 sp500-2000.csv.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/protocol/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { readCsv } from '../sql/lab.ts';

const quiet = (): void => undefined;

it('reproduces backtesting.py’s z-score reversion trade by trade', async () => {
  const lab = createLab(startNodeEngine);
  const file = 'datasets/sp500-2000-2020/SP500.csv';
  unwrap(await lab.importFiles([{ name: file, content: new Blob([readFileSync(file)]) }], quiet));
  const { trades } = unwrap(await lab.run(sampleStudy('zscore-reversion'), quiet));
  const expected = readCsv('test/golden/zscore-reversion.trades.csv');
  expect(trades).toHaveLength(expected.length);
  for (const [i, trade] of trades.entries()) {
    const row = expected[i] ?? {};
    const near = (ours: number, theirs: string | undefined): void => {
      expect(Math.abs(ours - Number(theirs)), `trade ${i}`).toBeLessThanOrEqual(
        1e-9 * Math.max(1, Math.abs(Number(theirs))),
      );
    };
    expect(isoFromDay(trade.entryDay), `trade ${i}`).toBe(row['EntryTime']);
    expect(trade.exitDay === null ? null : isoFromDay(trade.exitDay), `trade ${i}`).toBe(
      row['ExitTime'],
    );
    near(trade.quantity, row['Size']);
    near(trade.entryPrice, row['EntryPrice']);
    near(trade.exitPrice, row['ExitPrice']);
    near(trade.net, row['PnL']);
  }
});
