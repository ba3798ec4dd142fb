import type { RandomStream } from '../../random.ts';
import type { Trades } from '../../run.ts';
import type { Found } from './found.ts';
import { type MonteCarlo, type Paths, Wealth, monteCarloOf } from './monte-carlo.ts';

/** The closed trades’ results in other orders and other mixtures. */
export interface MonteCarloTrades {
  readonly trades: number;
  /** Each trade once, in random order: final wealth is the same in every sample, the drawdown is not. */
  readonly shuffled: MonteCarlo;
  /** As many trades drawn with replacement: some twice, some never. Final wealth varies too. */
  readonly resampled: MonteCarlo;
}

/** Trades drawn between two yields: about 10 ms. */
const turn = 100_000;

/**
 * `net` are P&L of closed trades after costs, in the order of their exits, in the currency of `initialCash`. P&L are
 * added up: a trade brings the same money wherever it stands, and trades that overlapped follow one another. Yields
 * the ratio done.
 */
export function* monteCarloTrades(
  net: Float64Array,
  initialCash: number,
  samples: number,
  stream: RandomStream,
): Generator<number, Found<MonteCarloTrades>> {
  const trades = net.length;
  if (trades < 2) return { reason: 'There are fewer than two closed trades.' };
  const shares = net.map((one) => one / initialCash);
  const own = pathOf(shares).deepest;
  const order = shares.slice();
  const shuffled = columnsOf(samples);
  const resampled = columnsOf(samples);
  const perTurn = Math.max(1, Math.floor(turn / trades));
  // The sum of the trades in their own order: in other orders it would differ in its last bits.
  const final = pathOf(shares).value - 1;
  for (let sample = 0; sample < samples; sample++) {
    stream.shuffle(order);
    shuffled.finalReturn[sample] = final;
    shuffled.maxDrawdown[sample] = pathOf(order).deepest;
    const { value, deepest } = pathOf(shares.map(() => shares[stream.below(trades)]!));
    resampled.finalReturn[sample] = value - 1;
    resampled.maxDrawdown[sample] = deepest;
    if (sample % perTurn === perTurn - 1) yield (sample + 1) / samples;
  }
  return {
    trades,
    shuffled: monteCarloOf(shuffled, own),
    resampled: monteCarloOf(resampled, own),
  };
}

/** P&L of closed trades after costs, in the order of their exits. */
export function netOfClosed({
  length,
  reason,
  exitStep,
  net,
}: Pick<Trades, 'length' | 'reason' | 'exitStep' | 'net'>): Float64Array {
  const closed = Array.from({ length }, (_, i) => i).filter((i) => reason[i]! >= 0);
  closed.sort((a, b) => exitStep[a]! - exitStep[b]! || a - b);
  return Float64Array.from(closed, (i) => net[i]!);
}

function pathOf(shares: Float64Array): Wealth {
  const wealth = new Wealth();
  for (const one of shares) wealth.become(wealth.value + one);
  return wealth;
}

const columnsOf = (samples: number): Paths => ({
  finalReturn: new Float64Array(samples),
  maxDrawdown: new Float64Array(samples),
});
