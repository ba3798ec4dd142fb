import { LabError } from '../errors.ts';
import { engineVersion } from '../version.ts';
import type { Job, ShardAnswers, Source } from './answers.ts';
import type { ShardHeader } from './header.ts';
import { jobsOf } from './part.ts';

/** A shard as it was read. */
export interface Shard extends Source, Pick<ShardAnswers, Job> {
  readonly header: ShardHeader;
}

/** What a header says in which all shards of a command agree, in the order in which a difference is told. */
const agreed: readonly (readonly [string, (header: ShardHeader) => string])[] = [
  ['is of another command', ({ command, asked }) => [command, ...flagsOf(asked)].join(' ')],
  ['is of another study', ({ studyDigest }) => studyDigest],
  ['is of other data', ({ fingerprint }) => fingerprint],
  ['is of another range', ({ sessions }) => sessions],
  ['counts other jobs', ({ jobs }) => Object.values(jobs).join(', ')],
];

const flagsOf = (asked: ShardHeader['asked']): string[] =>
  Object.keys(asked)
    .sort()
    .map((name) => `${name}=${String(asked[name])}`);

const unfit = (file: string, problem: string, remedy: string, value?: string): LabError =>
  new LabError({
    kind: 'usage',
    problem,
    remedy,
    place: { file, ...(value !== undefined && { value }) },
  });

/** Throws unless all are shards of one command, one study, one dataset and this engine, and each holds what its part has. */
export function refuseStrangers(shards: readonly Shard[]): void {
  const [first] = shards;
  for (const shard of shards) {
    const { file, header } = shard;
    if (header.engine !== engineVersion)
      throw unfit(
        file,
        `This shard is of another version of the engine; this is ${engineVersion}.`,
        'Make all shards, and merge them, by one version of Outsample.',
        header.engine,
      );
    for (const [other, valueOf] of agreed) {
      if (valueOf(header) === valueOf(first!.header)) continue;
      throw unfit(
        file,
        `This shard ${other} than ${first!.file}.`,
        'Make it again by the command that made the others, or take it out of the folder.',
        valueOf(header),
      );
    }
    for (const job of Object.keys(header.jobs) as Job[]) {
      const wanted = jobsOf(header.jobs[job], header).length;
      if (shard[job].length === wanted) continue;
      throw unfit(
        file,
        `This shard has answers to ${shard[job].length} ${job}; its part has ${wanted}.`,
        'Make it again.',
      );
    }
  }
}

/** Throws where one of the parts is not there; `command` makes one of them, by its number. */
export function refuseMissing(
  shards: readonly Shard[],
  folder: string,
  command: (shard: number) => string,
): void {
  const there = new Set(shards.map(({ header }) => header.shard));
  const { of } = shards[0]!.header;
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((k) => !there.has(k));
  if (missing.length === 0) return;
  const next = missing.length === 1 ? '' : ', and the others so';
  throw unfit(
    folder,
    missing.length === 1
      ? `Shard ${missing[0]!} of ${of} is missing.`
      : `${missing.length} of ${of} shards are missing: ${spans(missing)}.`,
    `Make ${missing.length === 1 ? 'it' : 'them'} by the command that made the others: ${command(missing[0]!)}${next}.`,
  );
}

/** «3, 5–7» of rising numbers. */
export function spans(numbers: readonly number[]): string {
  const found: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.to === number - 1) last.to = number;
    else found.push({ from: number, to: number });
  }
  return found.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
