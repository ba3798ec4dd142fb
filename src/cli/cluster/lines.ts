import { LabError, type LabErrorData, clipped } from '../../domain/errors.ts';
import { longestSentence } from '../../domain/limits.ts';

/** What cluster/outsample_ray tells on its standard output, a line each. */
export interface Line {
  readonly begun?: {
    readonly shards: number;
    /** Those that stood in the folder. */
    readonly standing: number;
    readonly slots: number;
    readonly nodes: number;
  };
  readonly shard?: {
    readonly number: number;
    readonly node: string;
    readonly seconds: number;
    readonly cpu: number;
    readonly bytes: number;
  };
  readonly error?: {
    readonly problem: string;
    /** A Python module that is not installed. */
    readonly missing?: string;
    readonly shard?: {
      readonly number: number;
      readonly of: number;
      readonly code: number | null;
      /** The last lines of its standard error. */
      readonly said: readonly string[];
    };
  };
}

/** A line; null for what libraries say there. */
export function lineOf(text: string): Line | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}

interface Ended {
  readonly code: number | null;
  /** Its standard error. */
  readonly said: string;
  /** How Python was called. */
  readonly python: string;
  /** Folder in which the shards stay. */
  readonly keep?: string | undefined;
}

/** Why the shards are not there, by the last error that was told, else by what stood on standard error. */
export function whyNot(error: Line['error'], { code, said, python, keep }: Ended): LabErrorData {
  if (code === 130)
    return {
      kind: 'cancelled',
      problem: 'The shards were cancelled.',
      ...(keep !== undefined && {
        remedy: `Those that are finished stand in ${keep}: the same command goes on from there.`,
      }),
    };
  if (error?.missing !== undefined)
    return {
      kind: 'usage',
      problem: `${python} has no module “${error.missing}”, which --on ray needs.`,
      remedy: `Install Ray with \`${python} -m pip install "ray>=2.40"\`, in the version that the cluster has; or name another Python by OUTSAMPLE_PYTHON.`,
    };
  if (error?.shard !== undefined) return ofShard(error.shard);
  return {
    kind: code === 2 ? 'usage' : 'engine',
    problem: clipped(
      `Ray could not do this: ${error?.problem ?? lastLine(said) ?? `it ended with code ${code ?? 'none'}`}`,
      longestSentence,
    ),
    remedy: 'Check --address, and that the cluster is there: `ray status`.',
  };
}

/** The shard's own words, where they can be read. */
function ofShard({
  number,
  of,
  code,
  said,
}: NonNullable<NonNullable<Line['error']>['shard']>): LabErrorData {
  const which = `Shard ${number} of ${of} failed`;
  const inner = innerError(said.at(-1));
  if (inner !== null) return { ...inner, problem: `${which}: ${inner.problem}` };
  const ended = code === null ? '' : ` with code ${code}`;
  return {
    kind: 'engine',
    problem: clipped(
      `${which}${ended}: ${said.length === 0 ? 'it said nothing' : said.join(' / ')}`,
      longestSentence,
    ),
    remedy:
      code === 127
        ? 'Install Outsample on the nodes, in this version, and say how they call it with --command.'
        : 'Where nodes run out of memory, reserve more for a shard with --memory, or cut the work into more of them with --shards.',
  };
}

function innerError(line: string | undefined): LabErrorData | null {
  try {
    const { error } = JSON.parse(line ?? '') as { readonly error?: LabErrorData };
    return typeof error?.problem === 'string' ? error : null;
  } catch {
    return null;
  }
}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1) || undefined;

export const noPython = (python: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: `There is no ${python} on this machine, which --on ray needs.`,
    remedy:
      'Install Python 3.10 or newer and Ray (`python3 -m pip install ray`), or set OUTSAMPLE_PYTHON to the path of one that has it.',
  });
