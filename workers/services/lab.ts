import { LabError } from '../../src/domain/errors.ts';
import { isSearchable } from '../../src/domain/search/candidates.ts';
import { searchKey } from '../../src/domain/study/keys.ts';
import { type Study, completeStudy } from '../../src/domain/study/study.ts';
import { engineVersion, engineWasm } from '../../src/domain/version.ts';
import { reply } from '../../src/wire/errors.ts';
import type { EngineInfo, LabService, OnProgress } from '../../src/wire/lab.ts';
import { type Engine, stopIfAborted } from '../engines/engine.ts';
import { lookAheadDemonstration } from './audit/demonstration.ts';
import { auditLookAhead } from './audit/look-ahead.ts';
import { auditSurvivorship } from './audit/survivorship.ts';
import { signalsCutAt } from './audit/time-cut.ts';
import { findBreakEven } from './break-even.ts';
import { type Dataset, importDataset } from './dataset.ts';
import { evidence, verify } from './evidence.ts';
import { exportRun, signalSeries } from './exports.ts';
import { FeatureTables } from './features.ts';
import { gauges } from './gauges.ts';
import { overfitting } from './overfitting.ts';
import { previewStudy } from './preview.ts';
import { report } from './report.ts';
import { type Run, runStudy } from './run.ts';
import { sweep } from './sweep.ts';
import { type Trials, trialsInProcess } from './trials.ts';
import { crossValidate } from './validation/cross-validation.ts';
import { learn } from './validation/learning.ts';
import { type Searched, search, searchedReturns } from './validation/search.ts';
import { type ValidationContext, walkForward } from './validation/walk-forward.ts';

/** The engine with its tables, once booted. */
interface Booted {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly info: EngineInfo;
}

/**
 * One lab: an engine, one dataset, the last run. `now` is a clock in milliseconds, for timings only; `startTrials`
 * gives the pool that simulates many settings.
 */
export function createLab(
  startEngine: (onProgress: (ratio: number) => void) => Promise<Engine>,
  now: () => number = () => 0,
  startTrials: () => Trials = trialsInProcess,
): LabService {
  const trials = startTrials();
  let booted: Promise<Booted> | undefined;
  let dataset: Dataset | undefined;
  let last: Run | undefined;
  let searched: Searched | undefined;
  let current = new AbortController();

  const boot = (onProgress: OnProgress): Promise<Booted> => {
    booted ??= startEngine((ratio) => {
      onProgress({ phase: 'engine', label: 'Starting the engine', ratio });
    }).then((engine) => ({
      engine,
      tables: new FeatureTables(engine),
      info: { outsample: engineVersion, duckdb: engine.version, wasm: engineWasm },
    }));
    return booted;
  };

  const imported = (): Dataset => {
    if (dataset !== undefined) return dataset;
    throw new LabError({
      kind: 'data',
      problem: 'There is no dataset yet.',
      remedy: 'Import bars first.',
    });
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

  /** Begins a call that reads the dataset. */
  const begin = async (onProgress: OnProgress): Promise<ValidationContext> => {
    current = new AbortController();
    const { signal } = current;
    const { engine, tables } = await boot(onProgress);
    return { engine, tables, dataset: imported(), signal, onProgress };
  };

  /** The study's search, unless the last one was it; with so much of the progress. */
  const searchOf = async (
    study: Study,
    context: ValidationContext,
    share: number,
  ): Promise<Searched> => {
    if (searched?.complete !== true || searched.key !== searchKey(study)) {
      searched = undefined; // Its tables are about to go.
      searched = await search(study, trials, {
        ...context,
        onProgress: (at) => context.onProgress({ ...at, ratio: share * at.ratio }),
      });
      stopIfAborted(context.signal);
    }
    return searched;
  };

  /** The audits say label and ratio alone. */
  const auditing = <T extends { readonly onProgress: OnProgress }>(context: T) => ({
    ...context,
    onProgress: (label: string, ratio: number): void => {
      context.onProgress({ phase: 'audit', label, ratio });
    },
  });

  const searchShare = 0.8;
  const afterSearch = (context: ValidationContext): ValidationContext => ({
    ...context,
    onProgress: (at) =>
      context.onProgress({ ...at, ratio: searchShare + (1 - searchShare) * at.ratio }),
  });

  return {
    start: (onProgress) => reply(async () => (await boot(onProgress)).info),

    importFiles: (files, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables } = await boot(onProgress);
        const next = await importDataset(
          engine,
          files,
          (name, index) => {
            onProgress({ phase: 'import', label: `Reading ${name}`, ratio: index / files.length });
          },
          current.signal,
        );
        tables.clear();
        trials.close();
        last = undefined;
        searched = undefined;
        dataset = next;
        return next.summary;
      }),

    run: (study, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables, info } = await boot(onProgress);
        last = await runStudy(study, {
          engine,
          tables,
          info,
          dataset: imported(),
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

    breakEven: (onProgress) =>
      reply(() => {
        current = new AbortController();
        return findBreakEven(finished().run, finished().dataset, trials, {
          signal: current.signal,
          onProgress,
        });
      }),

    preview: (study, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables } = await boot(onProgress);
        const { signal } = current;
        return previewStudy(completeStudy(study), { engine, tables, dataset: imported(), signal });
      }),

    sweep: (studies, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { engine, tables } = await boot(onProgress);
        return sweep(studies.map(completeStudy), trials, {
          engine,
          tables,
          dataset: imported(),
          signal: current.signal,
          onProgress,
        });
      }),

    search: (input, onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        searched = undefined;
        searched = await search(completeStudy(input), trials, context);
        return searched.result;
      }),

    walkForward: (input, onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        const study = completeStudy(input);
        const found = await searchOf(study, context, searchShare);
        return walkForward(study, found, afterSearch(context));
      }),

    crossValidate: (input, onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        const study = completeStudy(input);
        const found = await searchOf(study, context, searchShare);
        return crossValidate(study, found, afterSearch(context));
      }),

    learn: (input, onProgress) =>
      reply(async () => learn(completeStudy(input), await begin(onProgress))),

    lookAhead: (onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        return auditLookAhead(finished().run.result.study, auditing(context));
      }),

    demonstrate: (cheat, onProgress) =>
      reply(async () => {
        current = new AbortController();
        const { signal } = current;
        const { engine } = await boot(onProgress);
        return lookAheadDemonstration(cheat, auditing({ engine, signal, onProgress }));
      }),

    survivorship: (onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        return auditSurvivorship(finished().run.result.study, auditing(context));
      }),

    overfitting: (ledger, onProgress) =>
      reply(async () => {
        const context = await begin(onProgress);
        const { run } = finished();
        const { study } = run.result;
        const related = isSearchable(study) && searched?.key === searchKey(study);
        return overfitting(
          {
            run,
            market: context.dataset.market,
            trials,
            ledger: { trials: ledger.trials, variance: ledger.variance ?? 0 },
            search: related ? await searchedReturns(searched!, study, context) : null,
            seed: study.seed,
          },
          context,
        );
      }),

    signalsCutAt: (symbol, day) =>
      reply(async () => {
        const { run } = finished();
        const context = await begin(() => undefined);
        return signalsCutAt(symbol, day, run.result.study, context);
      }),

    evidence: () =>
      reply(async () => {
        const { engine } = await boot(() => undefined);
        return evidence(finished().run.result, finished().dataset, engine);
      }),

    verify: (payload) =>
      reply(async () => {
        const { engine } = await boot(() => undefined);
        return verify(payload, finished().run.result, finished().dataset, engine);
      }),

    report: (extras) => reply(() => report(finished().run, finished().dataset, extras)),

    gauges: (findings) =>
      reply(async () => {
        const { engine, tables } = await boot(() => undefined);
        return gauges(finished().run, finished().dataset, findings, engine, tables);
      }),

    cancel: () => {
      current.abort();
    },
  };
}
