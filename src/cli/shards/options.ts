import { type Command, InvalidArgumentError } from 'commander';
import { type Part, partFrom } from '../../domain/shards/part.ts';

export interface ShardOptions {
  /** One part of the work alone, in place of all. */
  readonly shard?: Part;
}

/** A command whose work can be cut. */
export const sharding = (command: Command): Command =>
  command.option(
    '--shard <k/n>',
    'do the k-th of n parts alone and write it to --out, for `outsample merge`',
    partOf,
  );

function partOf(text: string): Part {
  const part = partFrom(text);
  if (part === null) throw new InvalidArgumentError('Give the part and their number, such as 3/8.');
  return part;
}
