/** A lab to attack, and what must hold of whatever it accepts. */
import { isoFromDay } from '../../src/domain/calendar.ts';
import { runFiles } from '../../src/domain/run.ts';
import { canonicalJson } from '../../src/domain/study/study.ts';
import { type RandomStream, randomStream } from '../../src/domain/random.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type {
  DatasetSummary,
  FileRole,
  InputFile,
  LabService,
  RunResult,
} from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';
import { slipIn } from './outcome.ts';

export const quiet = (): void => undefined;
export const startLab = (): LabService => createLab(startNodeEngine);

/** A file's cells as text, its header first. */
export type Cells = string[][];

/** Weekdays from the start of 2019. */
const weekdays = Array.from({ length: 400 }, (_, i) => 17_897 + i).filter(
  (day) => (day + 3) % 7 < 5,
);

const priceCells = (stream: RandomStream, symbol: string, rows: number): Cells => {
  let close = 20 + stream.below(200);
  return weekdays.slice(0, rows).map((day) => {
    const open = close * (1 + 0.01 * stream.normal());
    close = open * (1 + 0.02 * stream.normal());
    const high = Math.max(open, close) * (1 + 0.01 * stream.uniform());
    const low = Math.min(open, close) * (1 - 0.01 * stream.uniform());
    const prices = [open, high, low, close].map((price) => price.toFixed(4));
    return [isoFromDay(day), symbol, ...prices, String(stream.below(1_000_000))];
  });
};
const valueCells = (stream: RandomStream, name: string, rows: number): Cells =>
  weekdays.slice(0, rows).map((day) => [isoFromDay(day), name, (stream.uniform() * 50).toFixed(2)]);

/** A sound file of each role. */
export const soundCells: Record<FileRole, (stream: RandomStream, rows?: number) => Cells> = {
  bars: (stream, rows = 60) => [
    ['date', 'symbol', 'open', 'high', 'low', 'close', 'volume'],
    ...['AAA', 'BBB'].flatMap((symbol) => priceCells(stream, symbol, rows)),
  ],
  attention: (stream, rows = 60) => [
    ['date', 'symbol', 'attention'],
    ...valueCells(stream, 'AAA', rows),
  ],
  detail: (stream, rows = 60) => [
    ['time', 'symbol', 'open', 'high', 'low', 'close', 'volume'],
    ...priceCells(stream, 'AAA', rows).flatMap(([day, ...cells]) =>
      [14, 15].map((hour) => [`${day}T${hour}:00:00Z`, ...cells]),
    ),
  ],
  macro: (stream, rows = 60) => [['date', 'series', 'value'], ...valueCells(stream, 'VIX', rows)],
  universe: () => [
    ['symbol', 'from', 'to', 'delisting_return'],
    ['AAA', '2018-01-01', '', ''],
    ['BBB', '2019-01-10', '2019-03-01', '-0.5'],
  ],
  instruments: () => [
    ['symbol', 'multiplier', 'tick_size', 'lot_size', 'margin'],
    ['AAA', '50', '0.01', '1', '5000'],
    ['BBB', '', '', '100', ''],
  ],
  events: () => [
    ['symbol', 'ex_date', 'dividend', 'split'],
    ['AAA', '2019-01-17', '0.1', ''],
    ['BBB', '2019-01-24', '0.05', '1.1'],
  ],
};
export const csvOf = (cells: Cells): string => `${cells.map((row) => row.join(',')).join('\n')}\n`;
export const fileOf = (
  role: FileRole,
  content: string | Uint8Array<ArrayBuffer>,
  name = `${role}.csv`,
): InputFile => ({
  name,
  content: new Blob([content]),
  role,
});

/** A lab with a sound market of two symbols and every series. */
export async function labWithMarket(rows = 250): Promise<LabService> {
  const lab = startLab();
  const stream = randomStream(1, 'market');
  const files = (Object.keys(soundCells) as FileRole[]).map((role) =>
    fileOf(role, csvOf(soundCells[role](stream, rows))),
  );
  unwrap(await lab.importFiles(files, quiet));
  return lab;
}

/** What is wrong with a dataset that was accepted; null where nothing is. */
export const wrongInDataset = ({ fingerprint, bars, ...rest }: DatasetSummary): string | null =>
  bars > 0 && /^[0-9a-f]{64}$/.test(fingerprint) ? slipInValues(rest) : `It has ${bars} bars.`;

/** Runs a study, once more where asked, and says what is wrong with the result; null where nothing is. */
export async function wrongInRun(
  lab: LabService,
  study: unknown,
  twice: boolean,
): Promise<string | null> {
  const result = unwrap(await lab.run(study, quiet));
  const wrong = wrongInResult(result) ?? (await slipInFiles(lab));
  if (wrong !== null || !twice) return wrong;
  const { digests } = unwrap(await lab.run(study, quiet));
  return canonicalJson(digests) === canonicalJson(result.digests) ? null : 'Its digests differ.';
}

function wrongInResult({ metrics, equity, benchmark, ...result }: RunResult): string | null {
  const { payments, perYear = 1, ...curve } = equity;
  if (!(perYear > 0)) return 'Its sessions a year are no number.';
  for (const [name, column] of Object.entries({ ...curve, ...payments, benchmark }))
    if (!column.every(Number.isFinite)) return `A value of ${name} is no number.`;
  const { notes, alerts, orders, ambiguity, unfilledValue } = result;
  return slipInValues({ metrics, notes, alerts, orders, ambiguity, unfilledValue });
}

async function slipInFiles(lab: LabService): Promise<string | null> {
  for (const name of runFiles('csv')) {
    const slip = slipIn(await textOf(unwrap(await lab.exportRun(name, quiet)).content));
    if (slip !== null) return `${name}: ${slip}`;
  }
  return null;
}

/** The first number that is none, or text with a slip, in plain data; null where there is none. */
export function slipInValues(value: unknown, path = ''): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is ${value}`;
  if (typeof value === 'string') return slipIn(value);
  if (value === undefined || typeof value !== 'object' || value === null) return null;
  if (ArrayBuffer.isView(value)) return null; // Columns have NaN where there is no value.
  for (const [key, below] of Object.entries(value)) {
    const slip = slipInValues(below, `${path}/${key}`);
    if (slip !== null) return slip;
  }
  return null;
}
