import type { Attack } from './attack.ts';

/** What became of a class’s cases, and the numbers of those that failed. */
export interface Tally {
  readonly attack: Attack;
  readonly tried: number;
  readonly refused: number;
  readonly right: number;
  readonly failed: readonly number[];
}

const thousands = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** The table of an attack, in Markdown. */
export function tableOf(tallies: readonly Tally[]): string {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((all, one) => all + of(one), 0);
  const row = (name: string, what: string, ...counts: number[]): string =>
    `| ${[name, what, ...counts.map(thousands)].join(' | ')} |`;
  const counted = [
    (one: Tally) => one.tried,
    (one: Tally) => one.refused,
    (one: Tally) => one.right,
    (one: Tally) => one.failed.length,
  ];
  return [
    '| class | what is done | tried | refused clearly | right | failed |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...tallies.map((one) => row(one.attack.name, one.attack.what, ...counted.map((of) => of(one)))),
    row('**all**', '', ...counted.map(sum)),
  ].join('\n');
}

/** How a failed case is tried again. */
export const commandOf = (seed: number, name: string, place: number): string =>
  `npm run attack -- --seed ${seed} --only ${name} --case ${place}`;

/** docs/ROBUSTNESS.md: no date and no duration, so that the same code and seed write the same bytes. */
export const documentOf = (seed: number, tallies: readonly Tally[]): string => `# Robustness

What happens when Outsample is given what it should not get. \`npm run attack\` tries it and writes this file; this is
seed ${seed}. A case follows from the seed, its class and its number alone.

${tableOf(tallies)}

- **tried**: cases put to Outsample. Files, studies, expressions, links and histories are tried where they are read, in one process; what is about
  the process — arguments, devices, kills — is tried on the command itself.
- **refused clearly**: an error of the fitting kind, which names a place or a remedy; the command ends with the exit code that
  [COMMAND.md](COMMAND.md) documents. Nothing it says has a stack trace, \`NaN\`, \`undefined\` or \`[object Object]\`.
- **right**: accepted, and the result is sound: no number in it is none, nothing of it is written in part, and where it is computed again
  its digests are the same.
- **failed**: anything else, and whatever takes more than 10 s of a core (determinism, which runs whole studies twice: 60) or 2 GB, hangs or ends the process. The goal is 0.
${failures(seed, tallies)}`;

/** Of each class the first that failed. */
function failures(seed: number, tallies: readonly Tally[]): string {
  const lines = tallies.flatMap(({ attack, failed: [first] }) =>
    first === undefined ? [] : [commandOf(seed, attack.name, first)],
  );
  return lines.length === 0
    ? ''
    : `\nThe first case that failed of each class, tried again:\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;
}
