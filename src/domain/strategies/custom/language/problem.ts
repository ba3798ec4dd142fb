/** What is wrong with an expression, where, and what to do about it. */
export interface Problem {
  /** UTF-16 units from 0. */
  readonly offset: number;
  readonly length: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** The offending text. */
  readonly text: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A stretch of an expression. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** Carries a Problem out of the reader; it never leaves this folder. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly problem: Problem) {
    super(problem.problem);
  }
}

export function problemAt(
  source: string,
  { at, end }: Span,
  problem: string,
  remedy: string,
): Problem {
  const before = source.slice(0, at).split('\n');
  return {
    offset: at,
    length: end - at,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    text: source.slice(at, end),
    problem,
    remedy,
  };
}

export function refuse(source: string, span: Span, problem: string, remedy: string): never {
  throw new Refusal(problemAt(source, span, problem, remedy));
}

/** The known name that differs least from `name`, where one differs little. */
export const nearest = (name: string, known: readonly string[]): string | undefined =>
  near(name, known)[0];

/** The known names that differ little from `name`, in small letters or in large, the nearest first. */
export function near(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const most = wanted.length < 4 ? 1 : 2;
  return known
    .map((one) => ({ one, low: one.toLowerCase() }))
    .filter(({ low }) => Math.abs(low.length - wanted.length) <= most || low.startsWith(wanted))
    .map(({ one, low }) => ({
      one,
      distance: low.startsWith(wanted) && low !== wanted ? 1 : edits(wanted, low),
    }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one);
}

/** Levenshtein distance: insertions, deletions and replacements between two words. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
