import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../domain/errors.ts';
import { largestDataFile } from '../../domain/limits.ts';
import { type Part, partFrom } from '../../domain/shards/part.ts';
import { type Shard, refuseMissing, refuseStrangers } from '../../domain/shards/shard.ts';
import { shortList } from '../../present/words.ts';
import { readable } from '../files.ts';
import { say } from '../terminal.ts';
import { readShard } from './file.ts';

/** The name of a part's file. */
export const shardName = ({ shard, of }: Part): string => `shard-${shard}-of-${of}.arrow`;

/** The shards of a folder: whole, of one command, none of them missing. Throws a LabError otherwise. */
export async function shardsIn(folder: string): Promise<readonly Shard[]> {
  const parts = await partsIn(folder);
  const { of } = parts[0]!;
  const asked = (shard: number): string => `--shard ${shard}/${of} --out ${folder}`;
  const shards: Shard[] = [];
  for (const part of parts) {
    const file = join(folder, shardName(part));
    const shard = readShard(file, await readable(file, largestDataFile), asked(part.shard));
    const { header } = shard;
    if (header.shard !== part.shard || header.of !== part.of)
      throw refused(
        `This file holds shard ${header.shard} of ${header.of}, and its name says another.`,
        `Name it ${shardName(header)}.`,
        file,
      );
    shards.push(shard);
  }
  refuseStrangers(shards);
  const { command } = shards[0]!.header;
  refuseMissing(shards, folder, (shard) => `outsample ${command} … ${asked(shard)}`);
  return shards;
}

/** The parts that have a file, by their numbers. */
async function partsIn(folder: string): Promise<readonly Part[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'There is no such folder.'
        : `This folder cannot be read (${code ?? 'unknown error'}).`,
      'Name the folder that `--shard … --out` wrote to.',
      folder,
    );
  });
  const parts = names.flatMap((name) => partNamed(name) ?? []).sort((a, b) => a.shard - b.shard);
  const others = names.filter((name) => partNamed(name) === null && /shard/i.test(name)).sort();
  if (others.length > 0)
    say(`Left alone in ${folder}, as their names are no shards’: ${shortList(others)}.`);
  const cuts = [...new Set(parts.map(({ of }) => of))].sort((a, b) => a - b);
  if (cuts.length === 0)
    throw refused(
      'There are no shards in this folder.',
      'Make them by `outsample search … --shard 1/4 --out DIR`, and 2/4 to 4/4.',
      folder,
    );
  if (cuts.length > 1)
    throw refused(
      `This folder holds shards of several cuts: of ${cuts.join(' and of ')} parts.`,
      'Take those of all but one out.',
      folder,
    );
  return parts;
}

function partNamed(name: string): Part | null {
  const [, shard, of] = /^shard-(\d+)-of-(\d+)\.arrow$/.exec(name) ?? [];
  return shard === undefined ? null : partFrom(`${shard}/${of!}`);
}

const refused = (problem: string, remedy: string, file: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, place: { file } });
