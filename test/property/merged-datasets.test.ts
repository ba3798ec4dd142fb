import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { rowsOf } from '../../src/domain/market.ts';
import { planOf as planOfStrategy } from '../../src/domain/strategies/plans.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import type { ExchangeCode } from '../../src/domain/exchanges/exchanges.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { featureColumns } from '../../workers/services/feature-columns.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { reframed } from '../../workers/services/reframed.ts';
import { computeFeatures } from '../../workers/services/signals.ts';
import { file, importAll } from '../unit/import/importing.ts';
import { type Written, fileOfBars, syntheticBars, written } from '../unit/import/synthetic-bars.ts';

/** What a symbol’s features are does not hang on which other symbols, of whatever exchange, are imported beside it. */

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});
const { signal } = new AbortController();
const strategies = ['harvester', 'bollinger-reversion', 'moving-average-cross'];
const dates: Written = (_, clock) => new Date(clock * 1000).toISOString().slice(0, 10);

const places: readonly ExchangeCode[] = ['XNYS', 'XTKS', 'XETR', 'XASX', 'XSAU', 'CRYPTO'];
const scene = fc.record({
  codes: fc.shuffledSubarray([...places], { minLength: 2, maxLength: 2 }),
  names: fc.constantFrom(['A', 'B'] as const, ['B', 'A'] as const),
  day: fc.integer({ min: 19_000, max: 19_700 }),
  length: fc.constantFrom(3600, 86_400),
  every: fc.constantFrom('given', 'session'),
});

/** Every column of these strategies, at the bars of a symbol. */
async function columnsOf(files: readonly InputFile[], symbol: string, every: string) {
  const dataset = await importAll(engine, files);
  const columns: Record<string, Float64Array> = {};
  for (const id of strategies) {
    const study = completeStudy({ strategy: { id }, bars: { every, hours: 'all' } });
    const tables = new FeatureTables(engine);
    const context = { engine, tables, signal };
    const { market, summary } = await reframed(dataset, study, undefined, context);
    const plan = planOfStrategy(study.strategy, summary.facts);
    const names = Object.keys(plan.columns);
    const wanted = names.map((name) => plan.columns[name]!.feature);
    await computeFeatures(study, plan, wanted, context);
    const sym = market.symbols.indexOf(symbol);
    const found = await featureColumns(plan, names, engine, tables, `bars.sym = ${sym}`);
    const [from, end] = rowsOf(market, sym);
    columns.opens = market.clock!.opens.slice(from, end);
    columns.known = market.clock!.known.slice(from, end);
    for (const [i, name] of names.entries()) columns[`${id} ${name}`] = found[i]!;
    tables.clear();
  }
  return columns;
}

it(
  'merging another exchange’s symbols changes no bit of a symbol’s features',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ codes, names, day, length, every }) => {
        const span = length === 86_400 ? 200 : 25;
        const bars = codes.map((exchange, i) => {
          const made = syntheticBars(exchange, day, day + span, length);
          const content = fileOfBars(made, length === 86_400 ? dates : written.local);
          return file(`${names[i]}.csv`, content, { exchange });
        });
        const macro = ['VIX', 'INDEX', 'OIL'].flatMap((series, i) =>
          Array.from({ length: span }, (_, at) => {
            const date = new Date((day + at) * 86_400_000).toISOString().slice(0, 10);
            return `${series},${date},${20 + ((at * (7 + i)) % 13)}`;
          }),
        );
        const beside = file('macro.csv', ['series,date,value', ...macro, ''].join('\n'), {
          role: 'macro',
        });
        const alone = await columnsOf([bars[0]!, beside], names[0], every);
        const merged = await columnsOf([...bars, beside], names[0], every);
        expect(alone.opens!.length).toBeGreaterThan(10);
        // The other's data may end later, and a longer bar be over by then that was under way before.
        const begun = Object.entries(merged).map(([name, column]) => [
          name,
          column.slice(0, alone.opens!.length),
        ]);
        expect(Object.fromEntries(begun)).toEqual(alone);
      }),
      { seed: 20240305, numRuns: 4 },
    );
  },
);
