import { shownAddress } from '../../../workers/services/remote/shown.ts';
import { LabError } from '../../domain/errors.ts';
import { type ShardHeader, dataNames } from '../../domain/shards/header.ts';
import type { DataOptions } from '../options.ts';
import { isAddress } from '../remote.ts';

/** Where the data are, as a shard keeps it: addresses without what may be a secret. */
export function recordedData(options: DataOptions): ShardHeader['data'] {
  const given = options as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    dataNames
      .filter((name) => given[name] !== undefined)
      .map((name) => {
        const value = given[name];
        return [name, Array.isArray(value) ? value.map(kept) : value];
      }),
  );
}

const kept = (path: string): string => (isAddress(path) ? shownAddress(path) : path);

/** Where the data are: as the command line says, and else as the shards do. */
export function dataAgain<O extends DataOptions>(recorded: ShardHeader['data'], options: O): O {
  const again = { ...recorded, ...options };
  for (const path of Object.values(again).flat())
    if (typeof path === 'string' && isAddress(path) && path.includes('…'))
      throw new LabError({
        kind: 'usage',
        problem: 'The shards keep this address without what may be a secret in it.',
        remedy: 'Give the whole address again, by --data or the option that it belongs to.',
        place: { value: path },
      });
  return again;
}
