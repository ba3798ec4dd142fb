import { LabError } from '../../domain/errors.ts';
import type { ShardedCommand } from '../../domain/shards/answers.ts';
import { textDigest } from '../../domain/digest.ts';
import { canonicalJson, completeStudy } from '../../domain/study/study.ts';
import { auditOf } from '../audit.ts';
import { flagOf } from '../flags.ts';
import { searchOf, walkForwardOf } from '../validate.ts';
import type { MergeOptions } from '../options.ts';
import { dataAgain } from './data.ts';
import { shardsIn } from './folder.ts';
import type { MergedShards } from './known.ts';
import { mergedOf } from './merged.ts';

/** Options of the merge that belong to some commands alone. */
const ownOptions: Readonly<Record<string, readonly ShardedCommand[]>> = {
  returns: ['search'],
  out: ['search', 'walk-forward'],
  format: ['search', 'walk-forward'],
  journal: ['audit'],
  ledger: ['audit'],
  passphraseFd: ['audit'],
  alert: ['audit'],
  secrets: ['audit'],
};

/** Answers what one machine would have: the command itself, with the shards' answers in place of its work. */
export async function mergeCommand(folder: string, options: MergeOptions): Promise<void> {
  const shards = await shardsIn(folder);
  const { command, asked, data, ...header } = shards[0]!.header;
  refuseOthers(command, options);
  const study = completeStudy(header.study);
  if (textDigest(canonicalJson(study)) !== header.studyDigest)
    throw new LabError({
      kind: 'usage',
      problem: 'This version reads the study of these shards otherwise.',
      remedy: 'Make all shards, and merge them, by one version of Outsample.',
      place: { file: folder },
    });
  const merged = (): Promise<MergedShards> => Promise.resolve(mergedOf(shards));
  const again = dataAgain(data, options);
  const isAsked = (name: string): boolean => asked[name] === true;
  switch (command) {
    case 'search':
      return searchOf(study, again, merged);
    case 'walk-forward': {
      const [crossValidation, learn] = [isAsked('crossValidation'), isAsked('learn')];
      return walkForwardOf(study, { ...again, crossValidation, learn }, merged);
    }
    case 'audit':
      return auditOf(study, { ...again, search: isAsked('search') }, merged);
  }
}

function refuseOthers(command: ShardedCommand, options: MergeOptions): void {
  const given = options as Readonly<Record<string, unknown>>;
  for (const [name, commands] of Object.entries(ownOptions))
    if (given[name] !== undefined && !commands.includes(command))
      throw new LabError({
        kind: 'usage',
        problem: `These are shards of ${command}, which has no ${flagOf(name)}.`,
        remedy: 'Leave it out.',
      });
}
