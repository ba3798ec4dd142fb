import type { Conflict } from '../strategy.ts';

/** A symbol and its share: 'AAPL 60%', 'MSFT = 0.4', 'EURUSD=X: -0.1'. */
const entry = /^(.*?\S)\s*[\s:=]\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)$/i;

/** The largest share that is not taken for a slip. */
const MOST = 100;

/** Weights by symbol, as ratios, from a text of entries between commas or semicolons; or why it is none. */
export function weightsOf(text: string): Map<string, number> | Omit<Conflict, 'path'> {
  const weights = new Map<string, number>();
  let at = 0;
  for (const part of text.split(/[,;]/)) {
    const written = part.trim();
    const offset = at + part.length - part.trimStart().length;
    at += part.length + 1;
    if (written === '') continue;
    const place = { offset, value: written };
    const [, symbol, number, percent] = entry.exec(written) ?? [];
    if (symbol === undefined || number === undefined) {
      return {
        problem: 'This is not a symbol and its weight.',
        remedy: 'Write it as AAPL 60% or AAPL 0.6, with commas between.',
        place,
      };
    }
    const weight = percent === '%' ? Number(number) / 100 : Number(number);
    if (!(Math.abs(weight) <= MOST)) {
      return {
        problem: `A weight is at most ${MOST} times equity.`,
        remedy: 'Write 60% or 0.6 for sixty hundredths.',
        place,
      };
    }
    if (weights.has(symbol)) {
      return { problem: 'A symbol has one weight.', remedy: 'Leave one of the two out.', place };
    }
    weights.set(symbol, weight);
  }
  return weights;
}
