import { begunOf } from '../../domain/validation/search.ts';
import type { JournalStatus } from '../journal.ts';
import { type Answer, type LabMethod, labMethods } from '../lab.ts';
import type { Telling } from './calls.ts';

type LabFacts = { readonly [M in LabMethod]?: (answer: Answer<M>) => object };

const facts: LabFacts = {
  start: (info) => info,
  importFiles: ({ fingerprint, symbols, bars, quality, files }) => ({
    ...{ fingerprint, symbols: symbols.length, bars, findings: quality.findings.length },
    files: files.map(({ name, role, rows, bytes, prices, dateOrder, mapping, unused }) => ({
      ...{ file: name, role, rows, bytes, prices, dateOrder, unread: unused.length },
      fields: mapping.map(({ field }) => field).join(' '),
    })),
  }),
  run: ({ studyDigest, digests, engine, symbols, bars, trades, timings }) => ({
    ...{ study: studyDigest, digests, engine: engine.outsample },
    ...{ symbols: symbols.length, bars, trades: trades.length, timings },
  }),
  search: (found) => ({ trials: begunOf(found) }),
  shard: ({ trials, rotations, replays }) => ({
    ...{ trials: trials.length, rotations: rotations.length, replays: replays.length },
  }),
  verify: ({ verdict }) => ({ verdict }),
};

/** What a lab's answers are told by. */
export const tellingOfLab: Telling = {
  facts,
  reports: (method) => method in labMethods && labMethods[method as LabMethod].reports,
};

/** The journal's: whether the browser lets it be kept. */
export const tellingOfJournal: Telling = {
  facts: {
    open: ({ kept, reason }: JournalStatus) => (kept ? { kept } : { warning: reason }),
  },
};
