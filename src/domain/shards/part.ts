/** One of the parts that the jobs of a command are cut into, counted from 1. */
export interface Part {
  readonly shard: number;
  readonly of: number;
}

/** The most parts of one command. */
export const mostShards = 100_000;

/** «3/8»; null where it is no part. */
export function partFrom(text: string): Part | null {
  const [, shard = 0, of = 0] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  return shard < 1 || shard > of || of > mostShards ? null : { shard, of };
}

/** One in so many jobs of a part is done by the part before as well. */
const shared = 100;

/**
 * Places of a part's jobs among all: its own, which stand together and are no other part's, then the first of those that
 * follow, from the start again after the last: one in a hundred, at least one. Done twice, they expose a machine that
 * computes otherwise.
 */
export function jobsOf(jobs: number, { shard, of }: Part): readonly number[] {
  const from = Math.floor(((shard - 1) * jobs) / of);
  const end = Math.floor((shard * jobs) / of);
  const own = end - from;
  const more = Math.min(jobs - own, Math.ceil(own / shared));
  return Array.from({ length: own + more }, (_, i) => (from + i) % jobs);
}
