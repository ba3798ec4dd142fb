import { type Distribution, distributionOf, shareOf } from './distribution.ts';
import type { Ratio, Ratios } from '../../units.ts';

/** Many ways in which a run could have gone. */
export interface MonteCarlo {
  readonly samples: number;
  /** Final wealth ÷ initial cash − 1. */
  readonly finalReturn: Distribution;
  /** Lowest wealth ÷ highest before − 1: ≤ 0; −1 where all was lost. */
  readonly maxDrawdown: Distribution;
  /** Share of samples that end below the initial cash. */
  readonly losing: Ratio;
  /** Share of samples whose drawdown is deeper than the run’s own, and deeper than each of some levels. */
  readonly deeperThanOwn: Ratio;
  readonly deeper: readonly { readonly drawdown: Ratio; readonly share: Ratio }[];
}

/** One value for each sample. */
export interface Paths {
  readonly finalReturn: Ratios;
  readonly maxDrawdown: Ratios;
}

const levels = [-0.1, -0.2, -0.3, -0.5];

export function monteCarloOf({ finalReturn, maxDrawdown }: Paths, ownDrawdown: Ratio): MonteCarlo {
  return {
    samples: finalReturn.length,
    finalReturn: distributionOf(finalReturn),
    maxDrawdown: distributionOf(maxDrawdown),
    losing: shareOf(finalReturn, (one) => one < 0),
    deeperThanOwn: shareOf(maxDrawdown, (one) => one < ownDrawdown),
    deeper: levels.map((drawdown) => ({
      drawdown,
      share: shareOf(maxDrawdown, (one) => one < drawdown),
    })),
  };
}

/** Wealth from 1 on, its peak and its deepest fall. */
export class Wealth {
  value = 1;
  deepest = 0;
  #peak = 1;

  /** Multiplies wealth; nothing comes back from zero. */
  grow(returned: Ratio): void {
    this.become(this.value * (1 + returned));
  }

  become(value: number): void {
    this.value = value;
    if (value >= this.#peak) this.#peak = value;
    else this.deepest = Math.max(-1, Math.min(this.deepest, value / this.#peak - 1));
  }
}
