import { LabError } from '../../src/domain/errors.ts';
import { outcomeFan } from '../../src/domain/live/outcome-fan.ts';
import { isAdaptive } from '../../src/domain/search/adaptive.ts';
import { isSearchable } from '../../src/domain/search/varied.ts';
import { refuseAdaptive } from '../../src/domain/search/refuse-adaptive.ts';
import type { Known } from '../../src/domain/shards/answers.ts';
import { searchKey } from '../../src/domain/study/keys.ts';
import { type Study, completeStudy } from '../../src/domain/study/study.ts';
import { because } from '../../src/domain/validation/statistics/found.ts';
import { engineVersion, engineWasm } from '../../src/domain/version.ts';
import { featureFileColumns } from '../../src/present/tables/features.ts';
import { returnsTable, trialNames } from '../../src/present/tables/returns.ts';
import { reply } from '../../src/wire/errors.ts';
import {
  type Answer,
  type Arguments,
  type EngineInfo,
  type ExportFile,
  type LabMethod,
  type LabService,
  type Needs,
  type OnProgress,
  type Reply,
  labMethods,
} from '../../src/wire/lab.ts';
import { type Engine, stopIfAborted } from '../engines/engine.ts';
import { lookAheadDemonstration } from './audit/demonstration.ts';
import { auditLookAhead } from './audit/look-ahead.ts';
import { replayersFrom } from './audit/replayers.ts';
import { auditSurvivorship } from './audit/survivorship.ts';
import { signalsCutAt } from './audit/time-cut.ts';
import { findBreakEven } from './break-even.ts';
import { query } from './console/query.ts';
import { ConsoleTables } from './console/tables.ts';
import { type Dataset, importDataset } from './dataset.ts';
import { evidence, verify } from './evidence.ts';
import { exportFile } from './exports.ts';
import { FeatureTables } from './features.ts';
import { reframed } from './reframed.ts';
import { gauges } from './gauges.ts';
import { unpack } from './import/unpack.ts';
import { liveDrift } from './live/drift.ts';
import { knownOf } from './live/known.ts';
import { liveParity } from './live/parity.ts';
import { liveReplay } from './live/replay.ts';
import { overfitting } from './overfitting.ts';
import { understand } from './import/understand.ts';
import { previewStudy } from './preview.ts';
import { report } from './report.ts';
import { stoppable, tableFile } from './tables/write.ts';
import { type Run, runStudy } from './run.ts';
import { shardOf } from './shard.ts';
import { stepsIn } from './signals.ts';
import { sweep, trialEquity } from './sweep.ts';
import { symbolSeries } from './symbol-series.ts';
import { type Trials, trialsInProcess } from './trials.ts';
import { crossValidate } from './validation/cross-validation.ts';
import { learn } from './validation/learning.ts';
import { type Searched, everyReturn, search, searchedReturns } from './validation/search.ts';
import { type ValidationContext, walkForward } from './validation/walk-forward.ts';

/** The engine with its tables, once booted. */
interface Booted {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly console: ConsoleTables;
  readonly info: EngineInfo;
}

/** What is there for a method, by what it needs. */
interface AtHand {
  readonly nothing: object;
  readonly data: { readonly dataset: Dataset };
  readonly run: { readonly dataset: Dataset; readonly run: Run };
}

interface LabCall extends Booted {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly known: Known | undefined;
}

type Context<M extends LabMethod> = LabCall & AtHand[(typeof labMethods)[M]['needs']];

/** The work behind each method, with what it needs at hand. */
type MethodServices = {
  readonly [M in LabMethod]: (
    context: Context<M>,
    ...given: Arguments<M>
  ) => Answer<M> | Promise<Answer<M>>;
};

const missing = {
  data: {
    kind: 'data',
    code: 'no-dataset',
    problem: 'There is no dataset yet.',
    remedy: 'Import bars first.',
  },
  search: {
    kind: 'data',
    problem: 'The last parameter search was another one, or there was none.',
    remedy: 'Run this search again.',
  },
  run: {
    kind: 'data',
    code: 'no-run',
    problem: 'There is no run yet.',
    remedy: 'Run a study first.',
  },
} as const;

/** They are asked of the data as they are, whatever bars a study thinks in. */
const ofTheData: ReadonlySet<LabMethod> = new Set([
  'evidence',
  'verify',
  'query',
  'demonstrate',
  'featureColumns',
]);

/**
 * One lab: an engine, one dataset, the last run. `now` is a clock in milliseconds, for timings only; `startTrials`
 * gives the pool that simulates many settings; `handOver` makes of a file what can reach the one who asked for it. What
 * shards of a command have answered is `known`, and not computed.
 */
export function createLab(
  startEngine: (onProgress: (ratio: number) => void) => Promise<Engine>,
  now: () => number = () => 0,
  startTrials: () => Trials = trialsInProcess,
  handOver: (file: ExportFile) => ExportFile | Promise<ExportFile> = (file) => file,
  known?: Known,
): LabService {
  const trials = startTrials();
  const replayers = replayersFrom(() => trials.lendReplayers());
  let booted: Promise<Booted> | undefined;
  let dataset: Dataset | undefined;
  let last: Run | undefined;
  let searched: Searched | undefined;
  /** The dataset in the bars that a study asked for last. */
  let framed: Dataset | undefined;
  let current = new AbortController();

  const boot = (onProgress: OnProgress): Promise<Booted> => {
    booted ??= startEngine((ratio) => {
      onProgress({ phase: 'engine', label: 'Starting the engine', ratio });
    }).then((engine) => ({
      engine,
      tables: new FeatureTables(engine),
      console: new ConsoleTables(engine),
      info: { outsample: engineVersion, duckdb: engine.version, wasm: engineWasm },
    }));
    return booted;
  };

  /** What a method needs, or the error that says what is missing. */
  const found = (needs: Needs): Partial<AtHand['run']> => {
    if (needs === 'nothing') return {};
    if (dataset === undefined) throw new LabError(missing[needs]);
    if (needs === 'data') return { dataset };
    if (last === undefined) throw new LabError(missing.run);
    return { dataset, run: last };
  };

  /** The study's search, unless the last one was it; with so much of the progress. */
  const searchOf = async (
    study: Study,
    context: ValidationContext,
    share: number,
  ): Promise<Searched> => {
    refuseAdaptive(study);
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

  const methods: MethodServices = {
    start: ({ info }) => info,

    unpack: ({ signal, onProgress }, files) =>
      unpack(
        files,
        (name, index) => {
          onProgress({ phase: 'import', label: `Opening ${name}`, ratio: index / files.length });
        },
        signal,
      ),

    importFiles: async ({ engine, tables, console, signal, onProgress }, files) => {
      tables.clear(); // Two datasets are in memory for a while: what can be made again gives way.
      const next = await importDataset(
        engine,
        files,
        (name, index) => {
          onProgress({ phase: 'import', label: `Reading ${name}`, ratio: index / files.length });
        },
        signal,
      );
      console.clear();
      trials.close();
      last = undefined;
      searched = undefined;
      dataset = next;
      framed = undefined;
      return next.summary;
    },

    understand: ({ engine, signal, onProgress }, files) =>
      understand(
        engine,
        files,
        (name, index) => {
          onProgress({ phase: 'import', label: `Looking at ${name}`, ratio: index / files.length });
        },
        signal,
      ),

    run: async (context, study) => {
      last = await runStudy(study, { ...context, now });
      return last.result;
    },

    symbolSeries: ({ run, dataset, ...context }, symbol) =>
      symbolSeries(symbol, run, dataset, context),

    exportRun: (context, name) => handOver(exportFile(name, context)),

    breakEven: ({ run, dataset, ...context }) => findBreakEven(run, dataset, trials, context),

    preview: (context, study) => previewStudy(completeStudy(study), context),

    sweep: (context, studies) => sweep(studies.map(completeStudy), trials, context),

    search: async (context, study) => {
      searched = undefined;
      searched = await search(completeStudy(study), trials, context);
      return searched.result;
    },

    shard: (context, study, work) =>
      shardOf(completeStudy(study), work, { trials, replayers }, { ...context, now }),

    trialEquity: async (context, study) => trialEquity(completeStudy(study), trials, context),

    exportReturns: async (context, study, format) => {
      if (searched?.key !== searchKey(completeStudy(study))) throw new LabError(missing.search);
      const { studies, result } = searched;
      const returns = {
        names: trialNames(result),
        day: stepsIn(studies[0]!, context.dataset).day,
        matrix: await everyReturn(searched, trials, context),
      };
      const file = tableFile('returns', format, returnsTable(returns));
      return handOver({ ...file, content: stoppable(file.content, context.signal) });
    },

    walkForward: async (context, input) => {
      const study = completeStudy(input);
      const found = await searchOf(study, context, searchShare);
      return walkForward(study, found, afterSearch(context));
    },

    crossValidate: async (context, input) => {
      const study = completeStudy(input);
      const found = await searchOf(study, context, searchShare);
      return crossValidate(study, found, afterSearch(context));
    },

    learn: (context, study) => learn(completeStudy(study), context),

    lookAhead: (context) =>
      auditLookAhead(context.run.result.study, auditing(context), undefined, replayers),

    demonstrate: (context, cheat) => lookAheadDemonstration(cheat, auditing(context)),

    survivorship: (context) => auditSurvivorship(context.run.result.study, auditing(context)),

    overfitting: async (context, ledger) => {
      const { run } = context;
      const { study } = run.result;
      const related = isSearchable(study) && searched?.key === searchKey(study);
      const { adaptive, noSearch } = because;
      return overfitting(
        {
          run,
          market: context.dataset.market,
          trials,
          ledger: { trials: ledger.trials, variance: ledger.variance ?? 0 },
          search: !related
            ? { reason: noSearch }
            : isAdaptive(study.validation.search)
              ? { reason: adaptive }
              : await searchedReturns(searched!, study, context),
          seed: study.seed,
        },
        context,
      );
    },

    liveReplay: ({ run, dataset, ...context }) => liveReplay(run, dataset, context),

    outcomeFan: ({ run: { result } }, from) =>
      outcomeFan(result.equity.equity, result.initialCash, from, result.study.seed),

    signalsCutAt: (context, symbol, day) =>
      signalsCutAt(symbol, day, context.run.result.study, context),

    evidence: ({ run, dataset, engine }) => evidence(run.result, dataset, engine),

    verify: ({ run, dataset, engine }, payload) => verify(payload, run.result, dataset, engine),

    report: ({ run, dataset }, extras) => report(run, dataset, extras),

    query: (context, text, found) => query(text, found, { ...context, run: undefined }),

    queryRun: (context, text, found) => query(text, found, context),

    featureColumns: ({ run }) => featureFileColumns(run.plan).columns,

    known: (context, study, startedAt, equity) =>
      knownOf(completeStudy(study), startedAt, equity, context),

    liveParity: (context, study, steps) =>
      liveParity(completeStudy(study), steps, context, (done, of) => {
        auditing(context).onProgress('Bars through the live path', done / of);
      }),

    liveDrift: (context, study, live) => liveDrift(completeStudy(study), live, context),

    gauges: ({ run, dataset, engine, tables }, findings) =>
      gauges(run, dataset, findings, engine, tables),
  };

  /** With the market that the study at hand thinks in, where the method computes with one. */
  const inItsBars = async (
    method: LabMethod,
    needed: Partial<AtHand['run']>,
    first: unknown,
    { engine, tables }: Booted,
    signal: AbortSignal,
  ): Promise<Partial<AtHand['run']>> => {
    if (needed.dataset === undefined || ofTheData.has(method)) return needed;
    const [asked] = method === 'sweep' ? (first as unknown[]) : [first];
    if (needed.run === undefined && asked === undefined) return needed;
    const study = needed.run?.result.study ?? completeStudy(asked);
    const dataset = await reframed(needed.dataset, study, framed, { engine, tables, signal });
    framed = dataset;
    return { ...needed, dataset };
  };

  /** As the wire has it: what was given, then where the progress goes; the answer as data. */
  const answering =
    <M extends LabMethod>(method: M) =>
    (...all: readonly unknown[]): Promise<Reply<Answer<M>>> =>
      reply(async () => {
        current = new AbortController();
        const { signal } = current;
        const { needs, reports } = labMethods[method];
        const onProgress = reports ? (all.at(-1) as OnProgress) : () => undefined;
        const given = (reports ? all.slice(0, -1) : all) as Arguments<M>;
        const booted = await boot(onProgress);
        const needed = await inItsBars(method, found(needs), given[0], booted, signal);
        const context = { ...booted, ...needed, signal, onProgress, known };
        return methods[method](context as Context<M>, ...given);
      });

  const names = Object.keys(labMethods) as LabMethod[];
  return {
    ...(Object.fromEntries(names.map((name) => [name, answering(name)])) as Pick<
      LabService,
      LabMethod
    >),
    cancel: () => {
      current.abort();
    },
  };
}
