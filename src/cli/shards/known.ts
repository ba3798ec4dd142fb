import type { Known } from '../../domain/shards/answers.ts';

/** What the shards of a folder know, and of which data. */
export interface MergedShards {
  readonly known: Known;
  readonly fingerprint: string;
}
