import { LabError } from '../../src/domain/errors.ts';
import { type Feature, featureOrder } from '../../src/domain/features.ts';
import type { Note } from '../../src/domain/note.ts';
import { type Decimals, decimalsFor, powerOfTen } from '../../src/domain/precision.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import type { Study } from '../../src/domain/study/study.ts';
import { decimalsKept, valuesRounded } from '../../src/present/notes/dataset.ts';
import { roundedSql } from '../../src/sql/catalogue.ts';
import { reading, within } from '../../src/sql/query.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';
import type { FeatureTables, Scales } from './features.ts';
import { type Largest, keptLargest } from './import/largest.ts';

/** From a study's precision and the imported values to what exact sums multiply by. */

/** The decimals that these features’ sums keep of the dataset; a world that an audit makes of it keeps the same. */
async function decimalsIn(
  { precision }: Study,
  roots: readonly Feature[],
  engine: Engine,
): Promise<Decimals> {
  return chosen(precision, roots, await keptLargest(engine));
}

function chosen(
  precision: Decimals,
  roots: readonly Feature[],
  largest: readonly Largest[],
): Decimals {
  const window = Math.max(1, ...featureOrder(roots).map(({ reach }) => reach));
  const found = { ...precision };
  for (const { decimals, extent } of largest)
    if (extent !== null) found[decimals] = decimalsFor(precision[decimals], extent, window);
  return found;
}

const scalesOf = (decimals: Decimals): Scales => ({
  price_scale: powerOfTen(decimals.priceDecimals),
  volume_scale: powerOfTen(decimals.volumeDecimals),
  attention_scale: powerOfTen(decimals.attentionDecimals),
});

/** Works with the scales of these features; values that do not fit are told of by their place in a file. */
export async function withScales(
  study: Study,
  roots: readonly Feature[],
  { engine }: { readonly engine: Engine },
  work: (scales: Scales) => Promise<void>,
): Promise<void> {
  const decimals = await decimalsIn(study, roots, engine);
  try {
    await work(scalesOf(decimals));
  } catch (error) {
    throw await overflowExplained(error, decimals, engine);
  }
}

/** Computes these features’ tables at the study’s precision; `explain` as a plan has it. */
export const computeTables = (
  study: Study,
  roots: readonly Feature[],
  {
    engine,
    tables,
    signal,
  }: { readonly engine: Engine; readonly tables: FeatureTables; readonly signal?: AbortSignal },
  explain: SignalPlan['explain'],
  onProgress?: (done: number, of: number, name: string) => void,
): Promise<void> =>
  withScales(study, roots, { engine }, (scales) =>
    tables.compute(roots, scales, signal, onProgress).catch((error: unknown) => {
      throw explainedBy(explain, error);
    }),
  );

/** A failure of the engine in the words of the strategy, where it knows better than DuckDB what was meant. */
export const explainedBy = (explain: SignalPlan['explain'], error: unknown): unknown =>
  error instanceof LabError && error.data.kind === 'engine' && explain !== undefined
    ? new LabError(explain(error.data))
    : error;

const roundedIn = {
  volumeDecimals: { series: 'imported_bars', column: 'volume' },
  attentionDecimals: { series: 'attention', column: 'value' },
};
const rounded = reading(roundedSql, { symbol: 'text', values: 'integer' });

/** Where the features keep other decimals than the study asks for, and where even those are too few. */
export async function decimalNotes(
  study: Study,
  roots: readonly Feature[],
  engine: Engine,
  signal: AbortSignal,
): Promise<Note[]> {
  const largest = await keptLargest(engine);
  const decimals = chosen(study.precision, roots, largest);
  const features = featureOrder(roots);
  const read = {
    volumeDecimals: features.some(({ columns }) => Object.values(columns).includes('volume_ticks')),
    attentionDecimals: features.some(({ name }) => name === 'attention'),
  };
  const notes: Note[] = [];
  for (const { decimals: setting, extent } of largest) {
    if (setting === 'priceDecimals' || extent === null || !read[setting]) continue;
    const [asked, kept] = [study.precision[setting], decimals[setting]];
    if (kept !== asked) notes.push(decimalsKept(setting, asked, kept));
    if (kept >= extent.needed) continue;
    engine.run(setVariables({ scale: powerOfTen(kept) }));
    const found = await ask(engine, within(rounded, roundedIn[setting]), {}, signal);
    if (found.length > 0) notes.push(valuesRounded(setting, kept, found));
  }
  return notes;
}

/** Exact integers have an end: DuckDB refuses rather than rounds, and this says what to change. */
async function overflowExplained(
  error: unknown,
  decimals: Decimals,
  engine: Engine,
): Promise<unknown> {
  if (!(error instanceof LabError) || error.data.kind !== 'engine') return error;
  if (!/overflow|out of range|could not be cast/i.test(error.data.cause ?? '')) return error;
  // A world that an audit makes up has no file.
  const scaled = ({ decimals: setting, value }: Largest): number =>
    value * powerOfTen(decimals[setting]);
  const [largest] = (await keptLargest(engine)).sort((a, b) => scaled(b) - scaled(a));
  if (largest === undefined) {
    return new LabError({
      kind: 'data',
      problem:
        'Some prices, volumes or attention values are too large for exact window sums at this precision.',
      remedy:
        'Lower precision.priceDecimals, precision.volumeDecimals or precision.attentionDecimals.',
    });
  }
  const setting = largest.decimals;
  const what = {
    priceDecimals: 'prices',
    volumeDecimals: 'volumes',
    attentionDecimals: 'attention values',
  }[setting];
  const kept = decimals[setting];
  return new LabError({
    kind: 'data',
    problem: `Some ${what} are too large for exact window sums at this precision; this is the largest.`,
    remedy:
      kept === 0
        ? `Correct it where it is wrong, or give ${what} in a larger unit, thousands or millions.`
        : `Correct it where it is wrong, or lower precision.${setting}, which is ${kept}.`,
    place: largest.place,
  });
}
