/** The shipped services with a stopwatch, the same in Node and in a browser's worker. Times in milliseconds. */
import { exampleStudy, sampleStudy } from '../../src/domain/study/study.ts';
import { examine } from '../../src/domain/validation/examination.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { ask } from '../../src/wire/lab.ts';
import { float64 } from '../../workers/services/columns.ts';
import { createLab } from '../../workers/services/lab.ts';
import { featureColumns, featureWorkload } from './feature-workload.mjs';
import { timePbo } from './pbo-workload.mjs';
import { timeSimulation } from './simulation-workload.mjs';
import { distinctFeatures, studies, walkForwardStudy } from './sweep-workload.mjs';

export function createWorkbench(startEngine, startTrials) {
  let engine;
  let features;
  let facts;
  const steps = new Map();
  /** Feature tables that were made. */
  const made = [];
  const boot = async (onProgress) =>
    (engine = stopwatch(await startEngine(onProgress), steps, made));
  const lab = createLab(boot, () => performance.now(), startTrials);
  const quiet = () => undefined;
  const timed = async (reply) => {
    const started = performance.now();
    const value = unwrap(await reply());
    return { value, time: performance.now() - started };
  };

  return {
    async start() {
      const { value, time } = await timed(() => lab.start(quiet));
      return { time, duckdb: value.duckdb };
    },
    importCsv(name, content) {
      return this.importFiles([{ name, content }]);
    },
    async importFiles(files) {
      const { value, time } = await timed(() => lab.importFiles(files, quiet));
      features = featureWorkload(engine);
      facts = value.facts;
      return { time, fingerprint: value.fingerprint };
    },
    async run(study) {
      const { value, time } = await timed(() => lab.run(study, quiet));
      return {
        time,
        phases: value.timings,
        trades: value.trades.length,
        signals: value.orders.signals,
        digests: value.digests,
      };
    },
    timeSimulation,
    ask: (sql) => engine.query(sql),
    /** A thousand trials from cold feature tables, which are counted: each must be made once. */
    async sweep() {
      made.length = 0;
      const { value, time } = await timed(() => lab.sweep(studies, quiet));
      const features = made.length;
      if (features !== distinctFeatures(facts))
        throw new Error(`${features} feature tables made, ${distinctFeatures(facts)} needed.`);
      return { time, trials: value.length, features, results: JSON.stringify(value) };
    },
    /** A walk-forward from its search to its stitched curve; the features are warm where a sweep came before. */
    async walkForward() {
      const { value, time } = await timed(() => lab.walkForward(walkForwardStudy, quiet));
      const { trials, folds, outOfSample } = value;
      return { time, trials, folds: folds.length, digests: outOfSample.digests };
    },
    /** The look-ahead audit of the sample study on these files. */
    async lookAhead(files) {
      unwrap(await lab.importFiles(files, quiet));
      unwrap(await lab.run(sampleStudy(), quiet));
      const { value, time } = await timed(() => lab.lookAhead(quiet));
      return { time, clean: value.clean, tried: value.replays[0].tried, digests: value };
    },
    /** The same and all that a run can be examined for, as the page's «Examine everything» asks for it. */
    async examine(files) {
      unwrap(await lab.importFiles(files, quiet));
      const study = sampleStudy();
      unwrap(await lab.run(study, quiet));
      const given = {
        search: [study],
        walkForward: [study],
        overfitting: [{ trials: 1, variance: null }],
      };
      const times = {};
      const answers = {};
      const failure = await examine(study, {
        withSearch: true,
        has: () => false,
        ask: async (one) => {
          const { value, time } = await timed(() => ask(lab, one, given[one] ?? [], quiet));
          times[one] = time;
          answers[one] = value;
          return null;
        },
      });
      if (failure !== null) throw new Error(failure.problem);
      const time = Object.values(times).reduce((sum, one) => sum + one, 0);
      return { time, times, tried: answers.lookAhead.replays[0].tried, digests: answers };
    },
    timePbo,
    /** One study that peers run too: everything from its SQL to its metrics. */
    async example(name) {
      const { value, time } = await timed(() => lab.run(exampleStudy(name), quiet));
      return { time, trades: value.trades.length, finalEquity: value.equity.equity.at(-1) };
    },
    /** What closed trades of one unit have gained, and how many there were. */
    async gains(study) {
      const { value, time } = await timed(() => lab.run(study, quiet));
      const { entryPrice, exitPrice, exitStep, length } = value.trades;
      const closed = Array.from({ length }, (_, i) => i).filter((i) => exitStep[i] >= 0);
      const finalEquity = closed.reduce((sum, i) => sum + exitPrice[i] - entryPrice[i], 0);
      return { time, trades: closed.length, finalEquity };
    },
    ours: () => features.ours(),
    plain: () => features.plain(),
    /** The columns of `ours` or `plain`, NaN for null, in (symbol, date) order. */
    async columns(which) {
      const table = await engine.query(features[`${which}Sql`]());
      return Object.fromEntries(featureColumns.map((name) => [name, float64(table, name)]));
    },
    async digest(which) {
      const columns = await this.columns(which);
      const bytes = await new Blob(Object.values(columns)).arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    /** Time by statement since the last call, longest first. */
    steps() {
      const found = [...steps].sort(([, a], [, b]) => b - a);
      steps.clear();
      return found;
    },
  };
}

/** The engine itself, its statements' times added up by what they begin with. */
function stopwatch(engine, steps, made) {
  const add = (label, started) =>
    steps.set(label, (steps.get(label) ?? 0) + performance.now() - started);
  const watched = (method, label) =>
    function (...args) {
      const started = performance.now();
      if (/^CREATE .*TABLE "feature_/m.test(args[0])) made.push(args[0]);
      const done = () => add(label(args[0]), started);
      const result = engine[method](...args);
      if (result instanceof Promise) return result.finally(done);
      done();
      return result;
    };
  return {
    version: engine.version,
    hasKernels: engine.hasKernels,
    run: watched('run', nameOf),
    query: watched('query', nameOf),
    insertArrow: watched('insertArrow', (table) => `insert ${table}`),
    registerFile: watched('registerFile', () => 'register file'),
    dropFile: watched('dropFile', () => 'drop file'),
  };
}

const nameOf = (sql) =>
  sql
    .replaceAll(/--.*/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/feature_\d+_/g, '')
    .trim()
    .slice(0, 72);
