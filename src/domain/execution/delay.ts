import { type Market, rowsOf, type Signals } from '../market.ts';

/** The signals as they stand `bars` bars later in each symbol. ATR and spread stay those of their own bar. */
export function delayed(signals: Signals, market: Market, bars: number): Signals {
  const side = new Int8Array(signals.side.length);
  const exit = new Int8Array(signals.exit.length);
  const score = new Float64Array(signals.score.length).fill(Number.NaN);
  const sizeFactor = new Float64Array(signals.sizeFactor.length).fill(1);
  const { weight, rebalance } = signals;
  const weightThen = weight && new Float64Array(weight.length).fill(Number.NaN);
  const rebalanceThen = rebalance && new Int8Array(rebalance.length);
  for (let s = 0; s < market.symbols.length; s++) {
    const [first, end] = rowsOf(market, s);
    if (first + bars >= end) continue;
    side.set(signals.side.subarray(first, end - bars), first + bars);
    exit.set(signals.exit.subarray(first, end - bars), first + bars);
    score.set(signals.score.subarray(first, end - bars), first + bars);
    sizeFactor.set(signals.sizeFactor.subarray(first, end - bars), first + bars);
    if (weight) weightThen!.set(weight.subarray(first, end - bars), first + bars);
    if (rebalance) rebalanceThen!.set(rebalance.subarray(first, end - bars), first + bars);
  }
  return {
    ...signals,
    side,
    exit,
    score,
    sizeFactor,
    ...(weightThen && { weight: weightThen }),
    ...(rebalanceThen && { rebalance: rebalanceThen }),
  };
}
