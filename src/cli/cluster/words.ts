import { shownAddress } from '../../../workers/services/remote/shown.ts';
import { LabError } from '../../domain/errors.ts';
import type { ShardedCommand } from '../../domain/shards/answers.ts';
import type { ClusterOptions } from './options.ts';
import {
  type AuditOptions,
  type DataOptions,
  type WalkForwardOptions,
  dataInputs,
} from '../options.ts';
import { isAddress } from '../remote.ts';

export type OnClusterOptions = ClusterOptions &
  DataOptions &
  Pick<WalkForwardOptions, 'crossValidation' | 'learn'> &
  Partial<Pick<AuditOptions, 'search'>>;

const readings = [
  ['dateOrder', '--date-order'],
  ['zone', '--zone'],
  ['exchange', '--exchange'],
  ['stamp', '--stamp'],
] as const;
const switches = [
  ['closesAlone', '--closes-alone'],
  ['rawPrices', '--raw-prices'],
  ['crossValidation', '--cross-validation'],
  ['learn', '--learn'],
] as const;

/**
 * The command for each shard, as a node is to call it; `study` is a file with all that options change in it. What begins
 * with @ is a file or folder of this machine. Nothing of journals, alerts or results is passed on.
 */
export function shardWords(
  command: ShardedCommand,
  study: string,
  options: OnClusterOptions,
  here: readonly string[],
): string[] {
  const there = options.command?.trim().split(/\s+/) ?? here;
  const words = [...there, command, `@${study}`];
  for (const name of dataInputs)
    if (options[name] !== undefined) words.push(`--${name}`, ...options[name].map(placed));
  if (options.map !== undefined) words.push('--map', `@${options.map}`);
  for (const [name, flag] of readings)
    if (options[name] !== undefined) words.push(flag, options[name]);
  for (const [name, flag] of switches) if (options[name] === true) words.push(flag);
  if (options.search === false) words.push('--no-search');
  return [...words, '--workers', String(options.cpus ?? 1)];
}

/** Each node fetches what an address names; a file goes there. */
function placed(path: string): string {
  if (!isAddress(path)) return `@${path}`;
  const shown = shownAddress(path);
  if (shown !== path)
    throw new LabError({
      kind: 'usage',
      problem:
        'This address has a part that may be a secret, and every node would show it among its processes.',
      remedy:
        'Fetch it first with `outsample fetch`, and name the file: it goes to the nodes once.',
      place: { value: shown },
    });
  return path;
}
