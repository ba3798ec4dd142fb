import type { Known } from './decision.ts';
import type { NextStep } from './next-bar.ts';

/** What a study knows of a market by now, and what it is: all that live trading needs of the lab. */
export interface LiveKnown {
  readonly known: Known;
  readonly next: NextStep;
  /** Of the SQL that makes the signals, with the values that it is given, by this engine. */
  readonly signalsDigest: string;
  /** Codes of the exchanges that the bars are from; none where no calendar is known. */
  readonly exchanges: readonly string[];
}

/** What a replay of stored bars through the live path finds beside a backtest over them. */
export interface Parity {
  readonly steps: number;
  /** Orders that the live path sent, and fills that it booked. */
  readonly orders: number;
  readonly fills: number;
  /** At which steps what stood, or the fills, were others than the backtest's; the first of them in words. */
  readonly differing: number;
  readonly first: string | null;
  /** Digests of trades and curve together. */
  readonly digests: { readonly paper: string; readonly backtest: string };
}
