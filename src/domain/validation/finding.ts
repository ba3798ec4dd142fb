/** How a finding counts: green is in order, amber asks for care, red spoils the result, open was not examined. */
export const levels = ['red', 'amber', 'open', 'green'] as const;
export type Level = (typeof levels)[number];

/** One thing that an audit says of a run, in plain words. */
export interface Finding {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  /** What was found, with its number. */
  readonly text: string;
  /** Where the levels begin, in words. */
  readonly threshold: string;
  /** Who says so: a paper, a rule of thumb, a definition of this program. */
  readonly source: string;
  /** What would change the level; empty where it is green. */
  readonly change: string;
}

export interface Verdict {
  readonly level: Level;
  readonly sentence: string;
}
