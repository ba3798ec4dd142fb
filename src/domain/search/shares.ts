import { randomStream } from '../random.ts';

/** Share of a dimension's span by trial and dimension, 0 ≤ share < 1. A trial's dimensions are asked for once, in order. */
export type Shares = (trial: number, dimension: number) => number;

/** A stream for each trial: the same trial has the same values however many are drawn. */
export function randomShares(seed: number, trials: number): Shares {
  const streams = Array.from({ length: trials }, (_, trial) =>
    randomStream(seed, `search trial ${trial}`),
  );
  return (trial) => streams[trial]!.uniform();
}

/** McKay, Beckman & Conover 1979: each of n equal parts of every span holds one draw. */
export function latinShares(seed: number, trials: number): Shares {
  const orders: Int32Array[] = [];
  const orderOf = (dimension: number): Int32Array => {
    orders[dimension] ??= shuffled(seed, dimension, trials);
    return orders[dimension];
  };
  const within = randomShares(seed, trials);
  return (trial, dimension) => (orderOf(dimension)[trial]! + within(trial, dimension)) / trials;
}

function shuffled(seed: number, dimension: number, trials: number): Int32Array {
  const order = Int32Array.from({ length: trials }, (_, i) => i);
  randomStream(seed, `search dimension ${dimension}`).shuffle(order);
  return order;
}
