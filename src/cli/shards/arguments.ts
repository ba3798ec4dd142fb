import { Argument, type Command } from 'commander';
import type { MergeOptions } from '../options.ts';

export interface MergeCommand {
  merge(folder: string, options: MergeOptions): Promise<void>;
}

/** `takes` adds the options of the commands whose shards there are. */
export function addMergeCommand(
  program: Command,
  commands: MergeCommand,
  takes: (command: Command) => Command,
): void {
  takes(
    program
      .command('merge')
      .description(
        'put the shards of a search, a walk-forward or an audit together: what one machine would have answered',
      )
      .addArgument(new Argument('<dir>', 'the folder of all its shards')),
  ).action((folder: string, options: MergeOptions) => commands.merge(folder, options));
}
