import type { Ratio } from '../units.ts';

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

/** The worst finding decides; where nothing is red or amber, what was not examined keeps the verdict open. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const level = levels.find((one) => findings.some((finding) => finding.level === one)) ?? 'open';
  const titles = findings
    .filter((finding) => finding.level === level)
    .map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1));
  const which = titles.join(', ');
  const sentences: Readonly<Record<Level, string>> = {
    red: `Do not trust this result as it stands: ${which}.`,
    amber: `To be read with care: ${which}.`,
    open: `Nothing speaks against it so far; not examined yet: ${which}.`,
    green: 'Every examination was passed. That is no promise: the future may differ from all data.',
  };
  return { level, sentence: sentences[level] };
}

/** 12.3 %, with a proper minus. */
export const percentText = (ratio: Ratio, digits = 1): string =>
  `${(ratio * 100).toFixed(digits)} %`.replace('-', '−');

/** Two digits after the point, with a proper minus. */
export const numberText = (value: number, digits = 2): string =>
  value.toFixed(digits).replace('-', '−');

/** 1 trade, 2 trades. */
export const countText = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? '' : 's'}`;
