import { type Call, isDate } from './node.ts';
import { refuse } from './problem.ts';

/** They divide by the size of their partition: over time that counts bars to come. */
const acrossOnly: ReadonlySet<string> = new Set(['percent_rank', 'cume_dist', 'ntile']);

/** A window looks back along one symbol, or across the symbols of one date. Throws a Refusal. */
export function judgeWindow(source: string, call: Call): void {
  const { name, over } = call;
  if (over === null) {
    const remedy = 'Add OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING).';
    return refuse(source, call, `${name}() needs a window.`, remedy);
  }
  // All rows of one date are known at its close: across symbols any order will do.
  if (over.partition.some(isDate)) return;
  const bySymbol = over.partition.some((key) => key.kind === 'column' && key.name === 'symbol');
  if (!bySymbol) {
    const remedy = 'Add PARTITION BY symbol (or, to compare symbols, PARTITION BY date).';
    refuse(source, over, 'This window runs across symbols and dates.', remedy);
  }
  if (acrossOnly.has(name)) {
    const problem = `Over time, ${name}() counts bars to come.`;
    refuse(source, over, problem, 'Rank across symbols: PARTITION BY date.');
  }
  const [first, second] = over.order;
  if (first === undefined) {
    const problem =
      'Without ORDER BY the window is the symbol’s whole history, bars to come included.';
    return refuse(source, over, problem, 'Add ORDER BY date.');
  }
  const { key, descending } = first;
  if (descending)
    refuse(source, key, 'DESC over time puts bars to come first.', 'Write ORDER BY date.');
  const inTime = key.kind === 'column' && (key.name === 'date' || key.name === 'bar');
  if (!inTime || second !== undefined) {
    const problem = 'Over time a window is ordered by date, or it reaches bars to come.';
    refuse(source, second?.key ?? key, problem, 'Write ORDER BY date.');
  }
}
