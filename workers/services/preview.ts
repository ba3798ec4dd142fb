import { dayFromIso } from '../../src/domain/calendar.ts';
import { LabError } from '../../src/domain/errors.ts';
import { textsOf } from '../../src/domain/strategies/custom/parts.ts';
import { explained } from '../../src/domain/strategies/custom/explain.ts';
import {
  type OrFault,
  type Preview,
  type PreviewQuery,
  type Spread,
  customPreview,
  spreads,
} from '../../src/domain/strategies/custom/preview.ts';
import type { Study } from '../../src/domain/study/study.ts';
import { reading } from '../../src/sql/query.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';
import { computeTables } from './scales.ts';
import { factsFor } from './signals.ts';

export interface PreviewContext {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly dataset: Dataset;
  readonly signal?: AbortSignal;
}

/** What the expressions of a complete custom study say on the dataset, before any trade. */
export async function previewStudy(study: Study, context: PreviewContext): Promise<Preview> {
  const facts = factsFor(study, context.dataset.summary);
  const queries = customPreview(textsOf(study.strategy.parameters), facts);
  const said: Record<string, OrFault<Spread>> = {};
  for (const [name, query] of queries)
    said[name] = 'fault' in query ? query : await spreadOf(name, query, study, context);
  return said;
}

const yearly = { year: 'integer', count: 'integer', of: 'integer', unknown: 'integer' } as const;
const scored = {
  ...yearly,
  min: 'number or null',
  median: 'number or null',
  max: 'number or null',
} as const;
const unscored = { min: null, median: null, max: null };

async function spreadOf(
  name: keyof Preview,
  { sql, inputs, pieces }: PreviewQuery,
  study: Study,
  context: PreviewContext,
): Promise<OrFault<Spread>> {
  const { engine, tables, dataset, signal } = context;
  const { summary } = dataset;
  const { from, to } = study.range;
  try {
    await computeTables(study, Object.values(inputs), context, (error) => explained(error, pieces));
    engine.run(
      setVariables({
        from_day: from === null ? summary.from : dayFromIso(from),
        to_day: to === null ? summary.to : dayFromIso(to),
      }),
    );
    const text = tables.bind(sql, inputs);
    const found = spreads.has(name)
      ? await ask(engine, reading(text, scored), {}, signal)
      : (await ask(engine, reading(text, yearly), {}, signal)).map((row) => ({
          ...row,
          ...unscored,
        }));
    const sum = (of: 'count' | 'of' | 'unknown'): number =>
      found.reduce((total, row) => total + row[of], 0);
    const { min, median, max } = found[0] ?? unscored;
    const years = found.map(({ year, count, of }) => ({ year, count, of }));
    return {
      count: sum('count'),
      of: sum('of'),
      unknown: sum('unknown'),
      years,
      min,
      median,
      max,
    };
  } catch (error) {
    if (!(error instanceof LabError) || error.data.kind === 'cancelled') throw error;
    return { fault: explained(error.data, pieces) };
  }
}
