import { rowsOf } from '../market.ts';
import type { Setting } from './setting.ts';
import type { Rows } from '../units.ts';

/** Rows with an entry signal: those of session s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
export interface SignalsBySession {
  readonly start: Int32Array;
  readonly rows: Rows;
  /** Symbol number of each entry of `rows`. */
  readonly symbol: Int32Array;
}

/**
 * Groups the entry signals of a setting by session (a counting sort, so symbol order is kept). Signals are few, and
 * looking for them symbol by symbol reads memory in its order; a session's rows lie far apart.
 */
export function signalsBySession({ market, signals, sessions }: Setting): SignalsBySession {
  const { length } = sessions.day;
  const first = sessions.day[0] ?? 0;
  const last = sessions.day[length - 1] ?? -1;
  const sessionOf = new Int32Array(last - first + 1);
  for (let session = 0; session < length; session++)
    sessionOf[sessions.day[session]! - first] = session;

  const { day } = market;
  const { side } = signals;
  const next = new Int32Array(length + 1);
  for (let s = 0; s < market.symbols.length; s++) {
    const [from, to] = rowsOf(market, s);
    for (let row = from; row < to; row++) {
      if (side[row] === 0) continue;
      const d = day[row]!;
      if (d >= first && d <= last) next[sessionOf[d - first]!]!++;
    }
  }
  const start = new Int32Array(length + 1);
  for (let session = 0; session < length; session++) {
    start[session + 1] = start[session]! + next[session]!;
    next[session] = start[session]!;
  }
  const rows = new Int32Array(start[length]!);
  const symbol = new Int32Array(rows.length);
  for (let s = 0; s < market.symbols.length; s++) {
    const [from, to] = rowsOf(market, s);
    for (let row = from; row < to; row++) {
      if (side[row] === 0) continue;
      const d = day[row]!;
      if (d < first || d > last) continue;
      const at = next[sessionOf[d - first]!]!++;
      rows[at] = row;
      symbol[at] = s;
    }
  }
  return { start, rows, symbol };
}
