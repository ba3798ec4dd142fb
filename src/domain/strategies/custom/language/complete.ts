import { series } from './arguments.ts';
import { descriptions } from './descriptions.ts';
import { madeLengths } from './longer.ts';
import { type Word, columnWords, features, functions, priorWord, windows } from './vocabulary.ts';

export interface Completion {
  /** What is put in place of the word at the cursor. */
  readonly label: string;
  /** Its signature, or what kind of word it is. */
  readonly detail: string;
  readonly info: string;
}

const keywords: readonly Completion[] = [
  ['AND', 'Both are true.'],
  ['OR', 'One of the two is true.'],
  ['NOT', 'The opposite.'],
  ['BETWEEN', 'x BETWEEN low AND high, both included.'],
  ['IN', "x IN ('A', 'B')."],
  ['IS NULL', 'Nothing is known.'],
  ['CASE WHEN', 'CASE WHEN x THEN y ELSE z END.'],
  ['OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING)', 'The symbol’s last 20 bars.'],
  ['OVER (PARTITION BY date)', 'All symbols with a bar on the date, members or not.'],
  ['OVER (PARTITION BY date, member())', 'The universe’s members with a bar on the date.'],
].map(([label = '', info = '']) => ({ label, detail: 'keyword', info }));

const offered = ({ signature, name, example, type }: Word): Completion => ({
  label: signature === name ? name : `${name}(`,
  detail: signature === name ? `column, ${type}` : signature,
  info: `${descriptions[name] ?? ''} ${example}`,
});

const words: readonly Completion[] = [
  ...[...columnWords, priorWord, ...features, ...functions, ...windows].map(offered),
  ...keywords,
];

/** What may stand at the cursor, and where the word begins that it takes the place of. */
export function completions(
  text: string,
  cursor: number,
): { from: number; options: readonly Completion[] } {
  const before = text.slice(0, cursor);
  const typed = /[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? '';
  const from = cursor - typed.length;
  const inText = (before.match(/'/g)?.length ?? 0) % 2 === 1;
  const inNumber = /[0-9.]$/.test(before.slice(0, from));
  if (inText || inNumber) return { from: cursor, options: [] };
  const choices = choicesAfter(before.slice(0, from)) ?? words;
  const wanted = typed.toLowerCase();
  return { from, options: choices.filter(({ label }) => label.toLowerCase().startsWith(wanted)) };
}

/** What a call takes first, where it takes one of a few. */
function choicesAfter(text: string): readonly Completion[] | undefined {
  if (/\bzscore\s*\(\s*$/i.test(text))
    return series.map((label) => ({ label, detail: 'series', info: 'What zscore() is of.' }));
  if (!/\bevery\s*\(\s*$/i.test(text)) return undefined;
  const info = 'Bars on which every() reads the expression.';
  return madeLengths.map((every) => ({ label: `'${every}', `, detail: 'length', info }));
}
