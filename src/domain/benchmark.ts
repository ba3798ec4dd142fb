import { dividendAt } from './execution/contracts.ts';
import { type Market, type Steps, symbolsIn } from './market.ts';

/**
 * Buy & hold of everything: one value of the account per session, in currency units, marked at the last close.
 *
 * The initial cash is cut into equal parts, one for each symbol that has a bar inside the sessions. A part
 * buys, fractionally and without costs, at the open (or close) of its symbol's first bar there, and is never sold.
 * Until that bar it is cash, so a symbol that lists late can't lend its later fame to the years before. Dividends stay
 * beside it as cash. With one
 * symbol and its first close the curve is the closes themselves, up to a factor.
 */
export function buyAndHold(
  market: Market,
  sessions: Steps,
  initialCash: number,
  at: 'open' | 'close' = 'open',
): Float64Array {
  const { close, symbols } = market;
  const first = market[at];
  const { start, rows, symbol } = sessions;
  const part = initialCash / symbolsIn(sessions, market).length;
  const units = new Float64Array(symbols.length);
  /** What each symbol's part is worth; 0 for symbols that have no bar inside the sessions. */
  const worth = new Float64Array(symbols.length);
  const received = new Float64Array(symbols.length);
  for (const s of symbol) worth[s] = part;

  const value = new Float64Array(sessions.day.length);
  for (let session = 0; session < value.length; session++) {
    const end = start[session + 1]!;
    for (let i = start[session]!; i < end; i++) {
      const s = symbol[i]!;
      const row = rows[i]!;
      if (units[s] === 0) units[s] = part / first[row]!;
      else received[s]! += units[s]! * dividendAt(market, row);
      worth[s] = units[s]! * close[row]! + received[s]!;
    }
    value[session] = sum(worth);
  }
  return value;
}

/** Afresh for every session, in symbol order: a running total would gather rounding. */
function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
