import { tableFile } from '../../workers/services/tables/write.ts';
import { LabError } from '../domain/errors.ts';
import { withCandidate } from '../domain/search/candidates.ts';
import { type Study, completeStudy } from '../domain/study/study.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { Dimension, ParameterValue } from '../domain/study/validation.ts';
import { equityTable } from '../present/tables/equity.ts';
import { foldsTable } from '../present/tables/folds.ts';
import { tradesTable } from '../present/tables/trades.ts';
import { trialsTable } from '../present/tables/trials.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { WalkForward } from '../domain/validation/walk-forward.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary } from '../wire/lab.ts';
import { onCluster } from './cluster/ray.ts';
import type { SearchOptions, VaryingOptions, WalkForwardOptions } from './options.ts';
import { readStudy } from './files.ts';
import { openLab } from './open.ts';
import { outputFolder, tableFormatOf } from './outputs.ts';
import { returnsOutput } from './returns.ts';
import type { MergedShards } from './shards/known.ts';
import { makeShard } from './shards/make.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, print, printJson } from './terminal.ts';
import {
  crossValidationText,
  learningText,
  searchText,
  walkForwardText,
} from './validation-text.ts';

export async function searchCommand(path: string, options: SearchOptions): Promise<void> {
  const study = varied(adjusted(await readStudy(path), options), options);
  const sharded = { command: 'search', asked: {}, study } as const;
  if (options.shard === undefined) await searchOf(study, options, onCluster(sharded, options));
  else await makeShard(sharded, options.shard, options);
}

/** Searches, or puts together what shards have searched, which are asked for when all else is known to be in order. */
export async function searchOf(
  study: Study,
  options: Omit<SearchOptions, 'vary' | 'method' | 'trials'>,
  shards?: () => Promise<MergedShards>,
): Promise<void> {
  const format = tableFormatOf(options);
  const writeFiles = await outputFolder(options.out, [`trials.${format}`, 'best.json']);
  const returns = await returnsOutput(options.returns);
  const { lab, dataset } = await openLab(options, await shards?.());
  returns.check(study, dataset);
  const found = unwrap(await lab.search(study, onProgress));
  clearProgress();
  await writeFiles(() => {
    const best = found.best < 0 ? study : studyOf(study, found, found.best);
    return [
      tableFile('trials', format, trialsTable(found)),
      { name: 'best.json', content: [`${JSON.stringify(best, null, 2)}\n`] },
    ];
  });
  await returns.write(lab, study);
  if (options.json) printJson(found);
  else print(searchText(found, study));
}

export async function walkForwardCommand(path: string, options: WalkForwardOptions): Promise<void> {
  const study = varied(adjusted(await readStudy(path), options), options);
  const { shard, crossValidation = false, learn = false } = options;
  const sharded = { command: 'walk-forward', asked: { crossValidation, learn }, study } as const;
  if (shard === undefined) await walkForwardOf(study, options, onCluster(sharded, options));
  else await makeShard(sharded, shard, options);
}

/** Walks forward, or does so with the trials of shards. */
export async function walkForwardOf(
  study: Study,
  options: Omit<WalkForwardOptions, 'vary' | 'method' | 'trials'>,
  shards?: () => Promise<MergedShards>,
): Promise<void> {
  const format = tableFormatOf(options);
  const names = ['folds', 'equity', 'trades'].map((table) => `${table}.${format}`);
  const writeFiles = await outputFolder(options.out, names);
  const { lab, dataset } = await openLab(options, await shards?.());
  const walkForward = unwrap(await lab.walkForward(study, onProgress));
  const crossValidation = options.crossValidation
    ? unwrap(await lab.crossValidate(study, onProgress))
    : null;
  const learning = options.learn ? unwrap(await lab.learn(study, onProgress)) : null;
  clearProgress();
  await writeFiles(() => walkForwardFiles(walkForward, dataset, format));
  if (options.json) {
    printJson({ walkForward, crossValidation, learning });
    return;
  }
  print([
    ...walkForwardText(walkForward, study),
    ...(crossValidation === null ? [] : ['', ...crossValidationText(crossValidation)]),
    ...(learning === null ? [] : ['', ...learningText(learning)]),
  ]);
}

/** The study with what the options vary in place of its own search. */
export function varied(study: Study, { vary, method, trials, budget }: VaryingOptions): Study {
  const { search } = study.validation;
  const parameters = vary === undefined ? search.parameters : distinct(vary.map(dimensionOf));
  return completeStudy({
    ...study,
    validation: {
      ...study.validation,
      search: {
        ...search,
        parameters,
        ...(method === undefined ? {} : { method }),
        ...(trials === undefined ? {} : { trials }),
        ...(budget === undefined ? {} : { budget }),
      },
    },
  });
}

/** '/exits/stop=1:3:5' is a span in five steps, '/exits/stop=1,2,off' a list. A bare name is a strategy's parameter. */
function dimensionOf(text: string): Dimension {
  const [, name = '', said = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const path = name.startsWith('/') ? name : `/strategy/parameters/${name}`;
  const span = /^(-?[\d.]+):(-?[\d.]+)(?::(\d+))?$/.exec(said);
  if (name === '' || said === '') throw unclear(text);
  if (span === null) {
    const parts = said.split(',');
    if (parts.some((part) => part.trim() === '')) throw unclear(text);
    const values = parts.map(valueOf);
    return { path, values, from: null, to: null, steps: values.length };
  }
  const [, from, to, steps = '5'] = span;
  if ([from, to].some((end) => Number.isNaN(Number(end)))) throw unclear(text);
  return { path, values: null, from: Number(from), to: Number(to), steps: Number(steps) };
}

const unclear = (value: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: 'This does not say what to vary.',
    remedy: 'Write --vary entryThreshold=2:4:5 or --vary /exits/stop=1,2,3.',
    place: { value },
  });

/** A setting that is varied twice would be set twice. */
function distinct(dimensions: readonly Dimension[]): readonly Dimension[] {
  const seen = new Set<string>();
  for (const { path } of dimensions) {
    if (seen.has(path))
      throw new LabError({
        kind: 'usage',
        problem: '--vary names this setting twice.',
        remedy: 'Write all its values in one, such as entryThreshold=2,3,4.',
        place: { value: path },
      });
    seen.add(path);
  }
  return dimensions;
}

function valueOf(text: string): ParameterValue {
  if (text === 'off' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function studyOf(study: Study, { dimensions, candidates }: SearchResult, place: number): Study {
  return completeStudy(withCandidate(study, dimensions, candidates[place]!));
}

function walkForwardFiles(
  found: WalkForward,
  { facts, clock }: DatasetSummary,
  format: TableFormat,
) {
  const { equity, trades } = found.outOfSample;
  return [
    tableFile('folds', format, foldsTable(found)),
    tableFile('equity', format, equityTable(equity, found.fixed.equity.equity, clock)),
    tableFile('trades', format, tradesTable(trades, facts.symbols, clock)),
  ];
}
