import { type Command, InvalidArgumentError, Option } from 'commander';
import { LabError } from '../../domain/errors.ts';
import type { ShardOptions } from '../shards/options.ts';

/** On which cluster the work is done, and what it may take there. */
export interface ClusterOptions {
  readonly on?: 'ray';
  readonly address?: string;
  readonly shards?: number;
  /** Folder in which the shards stay. */
  readonly keep?: string;
  /** Whether nodes see that folder, too. */
  readonly shared?: boolean;
  readonly cpus?: number;
  /** MiB. */
  readonly memory?: number;
  /** How nodes call the command. */
  readonly command?: string;
}

/** A command whose work a cluster can do. */
export const onClusters = (command: Command): Command =>
  command
    .addOption(
      new Option('--on <engine>', 'do the work in shards on a cluster: docs/CLUSTER.md').choices([
        'ray',
      ]),
    )
    .option(
      '--address <address>',
      'with --on: the cluster, such as 10.0.0.1:6379; without it RAY_ADDRESS, or this machine',
    )
    .option(
      '--shards <number>',
      'with --on: into how many the work is cut; without it as many as can be done at once',
      positive,
    )
    .option(
      '--keep <dir>',
      'with --on: the shards stay there, and those that stand there already are not made again',
    )
    .option('--shared', 'with --keep: every node sees that folder and writes there itself')
    .option('--cpus <number>', 'with --on: cores for each shard, 1 if not told', positive)
    .option('--memory <MiB>', 'with --on: memory that a node must have free for a shard', positive)
    .option(
      '--command <words>',
      'with --on: how nodes call the command, if not by the path that it has here',
    );

function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError('Give a whole number from 1 on, such as 8.');
  return Number(text);
}

const ofClusters = ['address', 'shards', 'keep', 'shared', 'cpus', 'memory', 'command'] as const;

/** What says nothing without another option, or has no part beside it, is a slip. */
export function refuseSlips(options: ClusterOptions & ShardOptions): void {
  if (options.on !== undefined && options.shard !== undefined)
    throw usage('--on and --shard exclude each other.', 'Leave one out.');
  const alone = ofClusters.find((name) => options[name] !== undefined);
  if (options.on === undefined && alone !== undefined)
    throw goesWith(`--${alone}`, '--on', 'Add --on ray, or leave it out.');
  if (options.shared === true && options.keep === undefined)
    throw goesWith('--shared', '--keep', 'Name the folder that all nodes see with --keep.');
}

const goesWith = (option: string, other: string, remedy: string): LabError =>
  usage(`${option} goes with ${other} only.`, remedy);

const usage = (problem: string, remedy: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy });
