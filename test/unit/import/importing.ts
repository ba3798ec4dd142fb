/** What the import tests share: files from text, bars as readable lines, errors as data. */
import { isoFromDay } from '../../../src/domain/calendar.ts';
import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import { rowsOf } from '../../../src/domain/market.ts';
import type { InputFile } from '../../../src/wire/lab.ts';
import type { Engine } from '../../../workers/engines/engine.ts';
import { type Dataset, importDataset } from '../../../workers/services/dataset.ts';
import { unpack } from '../../../workers/services/import/unpack.ts';

export type Content = string | Uint8Array<ArrayBuffer>;

export const file = (name: string, content: Content, more: Partial<InputFile> = {}): InputFile => ({
  name,
  content: new Blob([content]),
  ...more,
});

const quiet = (): void => undefined;

export const importAll = async (engine: Engine, files: readonly InputFile[]): Promise<Dataset> =>
  importDataset(engine, await unpack(files, quiet), quiet);

/** 'AAPL 2020-01-02 o h l c v', one line per bar. */
export function barLines({ market }: Dataset): string[] {
  return market.symbols.flatMap((symbol, s) => {
    const [from, to] = rowsOf(market, s);
    return Array.from({ length: to - from }, (_, i) => {
      const row = from + i;
      const { day, open, high, low, close, volume } = market;
      return [
        symbol,
        isoFromDay(day[row]!),
        open[row],
        high[row],
        low[row],
        close[row],
        volume[row],
      ].join(' ');
    });
  });
}

export async function errorOf(work: Promise<unknown>): Promise<LabErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LabError) return error.data;
    throw error;
  }
  throw new Error('It was imported.');
}

/** Problem and place alone: the remedies are read in the tests that are about them. */
export async function faultOf(work: Promise<unknown>): Promise<object> {
  const { kind, problem, place } = await errorOf(work);
  return { kind, problem, ...place };
}
