import { type Steps, grouped } from '../market.ts';
import type { Setting } from './setting.ts';

/** Rows with an entry signal: those of step s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
export type SignalsByStep = Pick<Steps, 'start' | 'rows' | 'symbol'>;

/**
 * The entry signals of a setting by step. Signals are few, and looking for them symbol by symbol reads memory in its
 * order; a step's rows lie far apart.
 */
export const signalsByStep = ({ market, signals, steps }: Setting): SignalsByStep =>
  grouped(market, steps, signals.side);
