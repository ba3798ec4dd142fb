import { detailOf } from '../../src/domain/detail.ts';
import type { Study } from '../../src/domain/study/study.ts';
import type { Engine } from '../engines/engine.ts';
import { readTerms, withContracts } from './contracts.ts';
import { readBars } from './bars.ts';
import type { Dataset } from './dataset.ts';
import { type Frame, frameOf, isGiven, makeBars, sourceOf } from './frame.ts';

/** The dataset in the bars that a study thinks in: itself, the one at hand, or one whose bars are made. */
export async function reframed(
  dataset: Dataset,
  study: Study,
  atHand: Dataset | undefined,
  { engine, tables, signal }: { engine: Engine; tables: { frame: Frame }; signal: AbortSignal },
): Promise<Dataset> {
  const { summary, market } = dataset;
  const frame = frameOf(summary.clock, study);
  tables.frame = frame;
  if (atHand?.summary === summary && atHand.frame?.key === frame.key) return atHand;
  if (isGiven(frame.bars)) return { ...dataset, frame };
  await makeBars(frame, engine, false, signal);
  const bars = await readBars(engine, market.symbols, sourceOf(frame));
  const made = withContracts(bars, await readTerms(engine));
  const { hours, perYear } = market.clock ?? {};
  const longer = {
    ...made,
    ...(market.listings && { listings: market.listings }),
    clock: {
      ...made.clock!,
      ...(hours && { hours: { ...hours, seconds: frame.seconds } }),
      ...(perYear !== undefined && { perYear }),
    },
  };
  const finer = dataset.finer ?? market;
  const detail = detailOf(longer, finer, frame.bars.hours === 'regular');
  return { ...dataset, frame, given: market, market: { ...longer, detail } };
}
