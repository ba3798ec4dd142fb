import type { TypedColumn } from '../../src/domain/digest.ts';
import { LabError } from '../../src/domain/errors.ts';
import { type Detail, type Market, rowsOf } from '../../src/domain/market.ts';
import type { Note } from '../../src/domain/note.ts';
import { finerElsewhere, finerFit } from '../../src/present/notes/finer.ts';
import type { DatasetSummary, InputFile } from '../../src/wire/lab.ts';
import type { Engine } from '../engines/engine.ts';
import { readBars } from './bars.ts';
import type { Imported, Importer } from './import/import.ts';
import { withHours } from './session-times.ts';

/** Bars inside those of a dataset: what their files say, and the bars. */
interface Finer {
  readonly imported: Imported;
  readonly market: Market;
}

/** The finer bars among files, beside the engine's tables; null where there are none. */
export async function readFiner(
  files: readonly InputFile[],
  importer: Importer,
  engine: Engine,
  onFile: (name: string, index: number) => void,
): Promise<Finer | null> {
  if (files.every(({ role }) => role !== 'detail')) return null;
  return importer.finer(files, onFile, async (imported) => {
    const bars = imported.market ?? (await readBars(engine, imported.symbols, 'next_bars'));
    if (imported.clock === null) {
      throw new LabError({
        kind: 'import',
        problem: 'Finer bars need times: these are dated by days alone.',
        remedy: 'Give bars of minutes or hours as finer ones, and longer ones as the bars.',
        place: { file: imported.files[0]!.name, given: imported.given[0]! },
      });
    }
    return { imported, market: withHours(bars, imported.clock, null) };
  });
}

/** Their columns for a fingerprint, with the numbers of a dataset's symbols: only those can act. */
export function finerColumns(finer: Market, symbols: readonly string[]): readonly TypedColumn[] {
  const places = symbols.flatMap((symbol, sym) => {
    const other = finer.symbols.indexOf(symbol);
    return other < 0 ? [] : [{ sym, range: rowsOf(finer, other) }];
  });
  const length = places.reduce((sum, { range: [from, to] }) => sum + to - from, 0);
  const sym = new Int32Array(length);
  const columns = { opens: finer.clock!.opens, known: finer.clock!.known, ...prices(finer) };
  const values = Object.keys(columns).map(() => new Float64Array(length));
  let at = 0;
  for (const { sym: number, range } of places) {
    const [from, to] = range;
    sym.fill(number, at, at + to - from);
    for (const [i, column] of Object.values(columns).entries())
      values[i]!.set(column.subarray(from, to), at);
    at += to - from;
  }
  return [
    { name: 'sym', type: 'int32', values: sym },
    ...Object.keys(columns).map(
      (name, i) => ({ name, type: 'float64', values: values[i]! }) as const,
    ),
  ];
}

const prices = ({ open, high, low, close }: Market) => ({ open, high, low, close });

/** A dataset's summary with the files of its finer bars, and what became of these. */
export function withFiner(
  summary: DatasetSummary,
  { imported, market: finer }: Finer,
  market: Market & { readonly detail: Detail },
): DatasetSummary {
  const strangers = finer.symbols.filter((symbol) => !market.symbols.includes(symbol));
  const notes: Note[] = [
    ...imported.notes,
    finerFit(market),
    ...(strangers.length === 0 ? [] : [finerElsewhere(strangers)]),
  ];
  return {
    ...summary,
    files: [
      ...summary.files,
      ...imported.files.map((file) => ({ ...file, role: 'detail' as const })),
    ],
    given: [...summary.given, ...imported.given],
    notes: [...summary.notes, ...notes],
  };
}
