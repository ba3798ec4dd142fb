import { LabError } from '../../src/domain/errors.ts';
import { engineVersion } from '../../src/domain/version.ts';
import { reply } from '../../src/protocol/errors.ts';
import type { EngineInfo, LabService, OnProgress } from '../../src/protocol/lab.ts';
import type { Engine } from '../engines/engine.ts';
import { type Dataset, importDataset } from './dataset.ts';
import { exportRun, signalSeries } from './exports.ts';
import { FeatureTables } from './features.ts';
import { type Run, runStudy } from './run.ts';

/** The engine with its tables, once booted. */
interface Booted {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly info: EngineInfo;
}

/** One lab: an engine, one dataset, the last run. `now` is a clock in milliseconds, for timings only. */
export function createLab(
  startEngine: (onProgress: (ratio: number) => void) => Promise<Engine>,
  now: () => number = () => 0,
): LabService {
  let booted: Promise<Booted> | undefined;
  let dataset: Dataset | undefined;
  let last: Run | undefined;
  let current = new AbortController();

  const boot = (onProgress: OnProgress): Promise<Booted> => {
    booted ??= startEngine((ratio) => {
      onProgress({ phase: 'engine', label: 'Starting the engine', ratio });
    }).then((engine) => ({
      engine,
      tables: new FeatureTables(engine),
      info: { outsample: engineVersion, duckdb: engine.version },
    }));
    return booted;
  };

  const finished = (): { run: Run; dataset: Dataset } => {
    if (last === undefined || dataset === undefined) {
      throw new LabError({
        kind: 'data',
        problem: 'There is no run yet.',
        remedy: 'Run a study first.',
      });
    }
    return { run: last, dataset };
  };

  return {
    start: (onProgress) => reply(async () => (await boot(onProgress)).info),

    importFiles: (files, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables } = await boot(onProgress);
        const imported = await importDataset(
          engine,
          files,
          (name, index) => {
            onProgress({ phase: 'import', label: `Reading ${name}`, ratio: index / files.length });
          },
          current.signal,
        );
        tables.clear();
        last = undefined;
        dataset = imported;
        return imported.summary;
      }),

    run: (study, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables, info } = await boot(onProgress);
        if (dataset === undefined) {
          throw new LabError({
            kind: 'data',
            problem: 'There is no dataset yet.',
            remedy: 'Import bars first.',
          });
        }
        last = await runStudy(study, {
          engine,
          tables,
          info,
          dataset,
          signal: current.signal,
          onProgress,
          now,
        });
        return last.result;
      }),

    signalSeries: (symbol) =>
      reply(async () => {
        const { engine, tables } = await boot(() => undefined);
        return signalSeries(symbol, finished().run.plan, finished().dataset, engine, tables);
      }),

    exportRun: () =>
      reply(async () => {
        const { engine, tables } = await boot(() => undefined);
        return exportRun(finished().run, finished().dataset, engine, tables);
      }),

    cancel: () => {
      current.abort();
    },
  };
}
