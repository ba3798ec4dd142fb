/** Runs a peer's set-up through the whole lab and sets its trades beside that program's. */
import { readFileSync } from 'node:fs';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { exampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, RunResult } from '../../src/wire/lab.ts';
import { readCsv } from '../sql/lab.ts';

const quiet = (): void => undefined;

/** One trade as both sides tell it; prices and money as numbers. */
export interface PeerTrade {
  readonly entry: string;
  readonly exit: string | null;
  readonly size: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly profit: number;
}

export async function runSetup(lab: LabService, example: string, csv: string): Promise<RunResult> {
  const study = exampleStudy(example);
  if (study === null) throw new Error(`There is no example ${example}.`);
  unwrap(await lab.importFiles([{ name: 'bars.csv', content: new Blob([csv]) }], quiet));
  return unwrap(await lab.run(study, quiet));
}

/** The bars of a series of test/golden/peers, as CSV. */
export function barsOf(series: string): string {
  if (series === 'walk') return read('test/golden/peers/walk.csv');
  if (series === 'sp500') return read('datasets/sp500-2000-2020/SP500.csv');
  const [head, ...lines] = read('datasets/us-indices-2014-2018/bars.csv').split(/\r?\n/);
  return [head, ...lines.filter((line) => line.startsWith('NASDAQ,'))].join('\n');
}

const read = (path: string) => readFileSync(path, 'utf8');

export function ourTrades({ trades }: RunResult): PeerTrade[] {
  return Array.from({ length: trades.length }, (_, i) => ({
    entry: isoFromDay(trades.entryDay[i]!),
    exit: trades.reason[i]! < 0 ? null : isoFromDay(trades.exitDay[i]!),
    size: trades.side[i]! * trades.quantity[i]!,
    entryPrice: trades.entryPrice[i]!,
    exitPrice: trades.exitPrice[i]!,
    profit: trades.net[i]!,
  }));
}

export function theirTrades(path: string): PeerTrade[] {
  const day = (text: string | undefined) => (text ?? '').slice(0, 10);
  return readCsv(path).map((row) =>
    'EntryBar' in row
      ? {
          entry: day(row['EntryTime']),
          exit: day(row['ExitTime']),
          size: Number(row['Size']),
          entryPrice: Number(row['EntryPrice']),
          exitPrice: Number(row['ExitPrice']),
          profit: Number(row['PnL']),
        }
      : {
          entry: day(row['Entry Timestamp']),
          exit: row['Status'] === 'Open' ? null : day(row['Exit Timestamp']),
          size: (row['Direction'] === 'Long' ? 1 : -1) * Number(row['Size']),
          entryPrice: Number(row['Avg Entry Price']),
          exitPrice: Number(row['Avg Exit Price']),
          profit: Number(row['PnL']),
        },
  );
}

/** The first trade that differs by more than `tolerance`, relative, or null. Profits are compared to the value traded. */
export function firstDifference(
  ours: readonly PeerTrade[],
  theirs: readonly PeerTrade[],
  tolerance = 1e-9,
): string | null {
  const near = (a: number, b: number, scale = Math.abs(b)) => Math.abs(a - b) <= tolerance * scale;
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    const [a, b] = [ours[i], theirs[i]];
    const same =
      a !== undefined &&
      b !== undefined &&
      a.entry === b.entry &&
      a.exit === b.exit &&
      near(a.size, b.size) &&
      near(a.entryPrice, b.entryPrice) &&
      near(a.exitPrice, b.exitPrice) &&
      near(a.profit, b.profit, Math.abs(b.size * b.entryPrice));
    if (!same) return `trade ${i}: ours ${JSON.stringify(a)}, theirs ${JSON.stringify(b)}`;
  }
  return null;
}
