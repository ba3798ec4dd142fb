import { candidatesOf, dimensionsOf, withCandidate } from '../../domain/search/candidates.ts';
import { type JobWords, mergedAnswers } from '../../domain/shards/merge.ts';
import type { Shard } from '../../domain/shards/shard.ts';
import { type Study, completeStudy } from '../../domain/study/study.ts';
import { trialDigest } from '../../domain/trial-digest.ts';
import { replays } from '../../domain/validation/look-ahead.ts';
import { candidateName } from '../../present/tables/returns.ts';
import type { MergedShards } from './known.ts';

/** What all shards of a command know. Throws a LabError where two of them answer a job otherwise. */
export function mergedOf(shards: readonly Shard[]): MergedShards {
  const { study, fingerprint } = shards[0]!.header;
  return { known: mergedAnswers(shards, wordsOf(completeStudy(study))), fingerprint };
}

/** A trial by the values of its settings, a replay by its kind and point. */
const wordsOf = (study: Study): JobWords => ({
  trial: (digest) => {
    const dimensions = dimensionsOf(study);
    const candidate = candidatesOf(study).find((one) =>
      isTrial(digest, withCandidate(study, dimensions, one)),
    );
    return candidate === undefined
      ? `the trial ${digest}`
      : `the trial ${candidateName(dimensions, candidate)}`;
  },
  replay: ({ replay, point }) => `the replay “${replays[replay]}” of point ${point + 1}`,
});

function isTrial(digest: string, study: unknown): boolean {
  try {
    return trialDigest(completeStudy(study)) === digest;
  } catch {
    return false; // It is no valid study.
  }
}
