import { textDigest } from '../digest.ts';
import type { Reading } from '../reading.ts';
import { LabError } from '../errors.ts';
import type { Digests } from '../run.ts';
import { differences, withValue } from '../study/pointer.ts';
import { type Study, canonicalJson, completeStudy, defaultStudy } from '../study/study.ts';
import type { LedgerFacts } from '../validation/ledger.ts';
import { barHashesOf } from './bar-hashes.ts';
import { checkpointsOf } from './checkpoints.ts';
import { type Weight, encodeAgain, encodeLink, weightOf } from './codec.ts';
import type { Evidence } from './evidence.ts';
import type { LinkFile, LinkPayload, ReviewNote } from './payload.ts';
import { refuseSecretPage } from './shareable.ts';
import { packed } from './short-hashes.ts';
import type { EngineIdentity } from './verification.ts';

/** The tabs that a link can open. */
export const linkViews = ['overview', 'search', 'walk-forward', 'audit'] as const;
export type LinkView = (typeof linkViews)[number];

/** What a link is made of. */
export interface Shared {
  readonly run: {
    readonly study: Study;
    readonly studyDigest: string;
    readonly engine: EngineIdentity;
    readonly fingerprint: string;
    readonly digests: Digests;
  };
  /** With their names, which may be paths: a link has at most the last part. */
  readonly files: readonly SharedFile[];
  /** Id of the dataset, where it ships with the page. */
  readonly sample: string | null;
  readonly synthetic: boolean;
  readonly evidence: Evidence;
  readonly ledger: LedgerFacts;
  /** The tab to open. */
  readonly tab: LinkView;
  readonly notes: readonly ReviewNote[];
  /** File names can be left out: the receiver then sees roles, rows and dates. */
  readonly withNames: boolean;
}

export interface SharedFile extends Omit<LinkFile, 'name' | 'mapping'> {
  readonly name: string;
  readonly mapping: readonly { readonly column: string; readonly field: string }[];
}

export interface CreatedLink {
  readonly payload: LinkPayload;
  /** Begins with `s1.`. */
  readonly fragment: string;
  /** Of the whole address. */
  readonly characters: number;
  readonly weight: Weight;
}

/** Blocks of trades and of sessions: as many as leave the link light. */
const resolutions = [256, 192, 128, 96, 64, 48, 32, 24, 16];
/** Up to so many symbol-years each has a hash of its own. */
const mostCells = [512, 128];
/** A file has room for every row that is hashed, and for this many symbol-years. */
const blocksOfFile = 1_000_000;
const cellsOfFile = 200_000;

/**
 * The link that says most while it is light; `address` is what stands before the fragment. Throws a LabError of kind
 * 'link' where the address or a text gives a secret away.
 */
export function createLink(shared: Shared, address = ''): CreatedLink {
  refuseSecretPage(address);
  const linkWith = (blocks: number, cells: number, encode = encodeAgain): CreatedLink => {
    const payload = payloadOf(shared, blocks, cells);
    const fragment = encode(payload);
    const characters = address.length + 1 + fragment.length;
    return { payload, fragment, characters, weight: weightOf(characters) };
  };
  const shortest = linkWith(resolutions.at(-1)!, mostCells.at(-1)!, encodeLink);
  if (shortest.weight !== 'light') return shortest;
  for (const blocks of resolutions) {
    for (const cells of mostCells) {
      const link = linkWith(blocks, cells);
      if (link.weight === 'light') return link;
    }
  }
  return shortest;
}

/** Everything, for a file: single trades and sessions, every symbol and year. */
export const createFilePayload = (shared: Shared): LinkPayload =>
  payloadOf(shared, blocksOfFile, cellsOfFile);

function payloadOf(shared: Shared, blocks: number, cells: number): LinkPayload {
  const { run, evidence } = shared;
  return {
    engine: run.engine,
    study: sparse(run.study),
    data: {
      fingerprint: run.fingerprint,
      ...(shared.sample !== null && { sample: shared.sample }),
      ...(shared.synthetic && { synthetic: true as const }),
      files: shared.files.map((file) => fileOf(file, shared.withNames)),
      bars: barHashesOf(evidence.data.bars, cells),
      tables: packed(evidence.data.tables),
    },
    results: {
      study: run.studyDigest,
      ...run.digests,
      tradeCheckpoints: checkpointsOf(evidence.run.trades, blocks),
      equityCheckpoints: checkpointsOf(evidence.run.equity, blocks),
    },
    ledger: { trials: shared.ledger.trials, variance: shared.ledger.variance },
    view: { tab: shared.tab },
    notes: [...shared.notes],
  };
}

const fileOf = (file: SharedFile, withName: boolean): LinkFile => ({
  ...(withName && { name: lastPart(file.name) }),
  role: file.role,
  ...(file.dateOrder && { dateOrder: file.dateOrder }),
  ...(file.reading && { reading: file.reading }),
  sha256: file.sha256,
  rows: file.rows,
  ...(file.from !== undefined && { from: file.from }),
  ...(file.to !== undefined && { to: file.to }),
  mapping: file.mapping.map(({ column, field }): [string, string] => [column, field]),
});

const lastPart = (path: string): string =>
  path.slice(Math.max(...['/', '\\'].map((c) => path.lastIndexOf(c))) + 1);

/** What differs from the defaults of its strategy. */
function sparse(study: Study): Record<string, unknown> {
  const { id } = study.strategy;
  const made = differences(defaultStudy(id), study).reduce<unknown>(
    (made, { path, value }) => withValue(made, path, value),
    { strategy: { id } },
  );
  // An emptied list or a null in place of a group is no leaf of its own: then the whole study travels.
  return (digestOfStudy(completeStudy(made)) === digestOfStudy(study) ? made : study) as Record<
    string,
    unknown
  >;
}

/** The tab that a link opens; the overview where this version has no such tab. */
export const viewOf = ({ view }: LinkPayload): LinkView =>
  linkViews.find((one) => one === view.tab) ?? 'overview';

/**
 * A file of the receiver's that is one of the link's, byte for byte: read as there, under the name that it had there,
 * since a symbol may be known by its file's name alone.
 */
export function asLinked<File extends { readonly name: string }>(
  file: File,
  { name = file.name, role, dateOrder, reading }: LinkFile,
): File & Pick<LinkFile, 'role' | 'dateOrder'> & Reading & { readonly isWithin: false } {
  return { ...file, name, role, isWithin: false, ...(dateOrder && { dateOrder }), ...reading };
}

/** The study of a link, complete. Throws where it is not the one that the link's digest names. */
export function studyOf({ study, engine, results }: LinkPayload): Study {
  const complete = completeStudy(study);
  if (digestOfStudy(complete) === results.study) return complete;
  throw new LabError({
    kind: 'link',
    problem: `The link’s settings do not have the digest that it names; it was made by Outsample ${engine.outsample}.`,
    remedy: 'It was changed on its way, or its version had other defaults: ask for it again.',
  });
}

const digestOfStudy = (study: Study): string => textDigest(canonicalJson(study));
