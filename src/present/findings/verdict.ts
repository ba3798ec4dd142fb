import { type Finding, type Level, type Verdict, levels } from '../../domain/validation/finding.ts';

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
