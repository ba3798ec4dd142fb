import { LabError } from '../../domain/errors.ts';
import { isAdaptive } from '../../domain/search/adaptive.ts';
import { isSearchable } from '../../domain/search/varied.ts';
import type { ShardWork, ShardedCommand } from '../../domain/shards/answers.ts';
import type { Part } from '../../domain/shards/part.ts';
import { headerOf } from '../../domain/shards/header.ts';
import { textDigest } from '../../domain/digest.ts';
import { type Study, canonicalJson } from '../../domain/study/study.ts';
import { unwrap } from '../../wire/errors.ts';
import { flagOf } from '../flags.ts';
import { openLab } from '../open.ts';
import type { DataOptions, WorkersOptions } from '../options.ts';
import { outputFolder } from '../outputs.ts';
import { clearProgress, onProgress } from '../terminal.ts';
import { recordedData } from './data.ts';
import { shardFile } from './file.ts';
import { shardName } from './folder.ts';

/** What a part of a command is of. */
export interface Sharded {
  readonly command: ShardedCommand;
  /** What else the command was asked for, by the names of its options. */
  readonly asked: Readonly<Record<string, boolean>>;
  readonly study: Study;
}

/** How the whole is told: the merge takes these. */
const ofTheWhole = [
  ...['json', 'format', 'returns', 'journal', 'ledger', 'passphraseFd', 'alert', 'secrets'],
];

/** Does one part of a command, and writes it. */
export async function makeShard(
  { command, asked, study }: Sharded,
  part: Part,
  options: DataOptions & WorkersOptions,
): Promise<void> {
  const given = options as Readonly<Record<string, unknown>>;
  const [other] = ofTheWhole.filter((name) => given[name] !== undefined);
  if (other !== undefined)
    throw usage(
      `${flagOf(other)} has no part in a shard, which answers a part of the work.`,
      'Give it to `outsample merge`.',
    );
  if (options.out === undefined)
    throw usage('A shard has no place to go.', 'Name a folder for all of them with --out.');
  const withTrials = hasTrials({ command, asked, study });
  refuseUncut({ command, asked, study }, '--shard');
  const name = shardName(part);
  const writeFiles = await outputFolder(options.out, [name]);
  const { lab, dataset } = await openLab(options);
  const work: ShardWork = {
    part,
    trials: !withTrials ? 'none' : command === 'search' ? 'with every curve' : 'with kept curves',
    audit: command === 'audit',
  };
  const { sessions, jobs, ...answers } = unwrap(await lab.shard(study, work, onProgress));
  clearProgress();
  const header = headerOf({
    ...{ command, asked, ...part, study, studyDigest: textDigest(canonicalJson(study)) },
    ...{ fingerprint: dataset.fingerprint, sessions, jobs, data: recordedData(options) },
  });
  await writeFiles(() => [{ name, content: [new Blob([shardFile(header, answers) as BlobPart])] }]);
}

const hasTrials = ({ command, asked, study }: Sharded): boolean =>
  command !== 'audit' || (asked['search'] === true && isSearchable(study));

/** Throws where trials are not known beforehand; `option` asked for the cut. */
export function refuseUncut(sharded: Sharded, option: string): void {
  const { search } = sharded.study.validation;
  if (!hasTrials(sharded) || !isAdaptive(search)) return;
  throw new LabError({
    kind: 'usage',
    problem: 'This search chooses trials by those before them, so it cannot be cut beforehand.',
    remedy: `Search by grid, random or latin-hypercube, or leave ${option} out.`,
    place: { path: '/validation/search/method', value: search.method },
  });
}

const usage = (problem: string, remedy: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy });
