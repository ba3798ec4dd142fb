import { engineVersion, engineWasm } from '../../src/domain/version.ts';
import type { Engine } from '../engines/engine.ts';
import { importDataset } from './dataset.ts';
import { FeatureTables } from './features.ts';
import { runStudy } from './run.ts';

/** Bars of two made-up symbols, in which the study below trades: what they are is of no matter. */
function madeBars(): Blob {
  const lines = ['symbol,date,open,high,low,close,volume'];
  for (const symbol of ['A', 'B'])
    for (let i = 0; i < 300; i++) {
      const date = new Date((17_000 + i) * 86_400_000).toISOString().slice(0, 10);
      const close = 100 + ((i * i) % 17);
      const wide = 1 + ((i * 7) % 11);
      lines.push(
        `${symbol},${date},${close},${close + wide},${close - wide},${close},${wide * 1000}`,
      );
    }
  return new Blob([lines.join('\n')]);
}

const study = { strategy: { id: 'harvester', parameters: { entryThreshold: 0.5 } } };

/**
 * Imports a few bars and runs a study on them, once and for nothing: an engine compiles much of its code as it is first
 * called, which then does not keep the person waiting. The engine has no dataset yet; the next one takes the place of
 * this. Ends soon after `signal` aborts, in whatever state an import may find.
 */
export async function warmUp(engine: Engine, signal: AbortSignal): Promise<void> {
  const tables = new FeatureTables(engine);
  const quiet = (): void => undefined;
  try {
    const files = [{ name: 'warm-up.csv', content: madeBars() }];
    const dataset = await importDataset(engine, files, quiet, signal);
    const info = { outsample: engineVersion, duckdb: engine.version, wasm: engineWasm };
    const context = { dataset, engine, info, tables, signal, onProgress: quiet, now: () => 0 };
    await runStudy(study, context);
  } finally {
    tables.clear();
  }
}
