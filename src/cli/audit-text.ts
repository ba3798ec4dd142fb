import type { Finding, Level } from '../domain/validation/finding.ts';
import { verdictOf } from '../present/findings/verdict.ts';

const marks: Readonly<Record<Level, string>> = {
  red: 'RED  ',
  amber: 'AMBER',
  open: 'OPEN ',
  green: 'GREEN',
};

/** The verdict, then every finding with its threshold, source and remedy. */
export function auditText(name: string, findings: readonly Finding[]): string[] {
  const verdict = verdictOf(findings);
  return [
    `${name} — ${marks[verdict.level].trim()}: ${verdict.sentence}`,
    ...findings.flatMap(findingText),
  ];
}

/** A finding with its threshold, source and remedy, after an empty line. */
export const findingText = ({
  level,
  title,
  text,
  threshold,
  source,
  change,
}: Finding): string[] => [
  '',
  `  ${marks[level]}  ${title}`,
  `         ${text}`,
  ...(change === '' ? [] : [`         To change it: ${change}`]),
  `         ${threshold} Source: ${source.replace(/\.$/, '')}.`,
];
