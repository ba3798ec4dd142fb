import type { Market, Signals } from '../../market.ts';
import type { PortfolioSettings } from '../../study/portfolio.ts';
import type { RiskSettings } from '../../study/schema.ts';
import type { Rows } from '../../units.ts';
import { volatilityAt } from '../history.ts';
import { Ranking } from '../ranking.ts';
import { covarianceOf, riskParity } from './risk-parity.ts';

/**
 * From what a strategy says at a close to target weights: at most so many positions, their shares, their limits. A
 * symbol of which nothing is said, or whose share cannot be known, has no target (NaN): what is held of it stays, and
 * the others get what it leaves.
 */
export class Targets {
  /** Signed shares of equity by symbol, as of the last `decide`. */
  readonly weight: Float64Array;
  readonly #market: Market;
  readonly #signals: Signals;
  readonly #portfolio: PortfolioSettings;
  readonly #risk: RiskSettings;
  readonly #ranking: Ranking;
  readonly #chosen: Uint8Array;

  constructor(market: Market, signals: Signals, portfolio: PortfolioSettings, risk: RiskSettings) {
    const { length } = market.symbols;
    this.weight = new Float64Array(length).fill(Number.NaN);
    this.#market = market;
    this.#signals = signals;
    this.#portfolio = portfolio;
    this.#risk = risk;
    this.#ranking = new Ranking(length);
    this.#chosen = new Uint8Array(length);
  }

  /** `said` by symbol at its row in `rows`, NaN for nothing; `held` are the weights of positions at that close. */
  decide(said: Float64Array, rows: Rows, held: Float64Array): void {
    const { weight } = this;
    weight.set(said);
    this.#choose(rows, held);
    this.#share(rows, held);
    this.#limit(held);
  }

  /** Of more symbols than may be held, the best scores; the others' weights become 0. */
  #choose(rows: Rows, held: Float64Array): void {
    const { weight } = this;
    const { buffer } = this.#portfolio;
    const ranking = this.#ranking;
    let free = this.#risk.maximumPositions;
    ranking.clear();
    for (let s = 0; s < weight.length; s++) {
      if (Number.isNaN(weight[s]!)) {
        if (held[s] !== 0) free--;
      } else if (weight[s] !== 0) ranking.add(s, this.#signals.score[rows[s]!]!);
    }
    if (ranking.size <= free) return;
    const order: number[] = [];
    while (ranking.size > 0) order.push(ranking.take());
    this.#chosen.fill(0);
    const keep = (s: number): void => {
      if (free <= 0 || this.#chosen[s] === 1) return;
      this.#chosen[s] = 1;
      free--;
    };
    const within = Math.max(0, free) + buffer;
    for (const s of order.slice(0, within)) if (held[s]! * weight[s]! > 0) keep(s);
    for (const s of order) keep(s);
    for (const s of order) if (this.#chosen[s] === 0) weight[s] = 0;
  }

  #share(rows: Rows, held: Float64Array): void {
    const { weight } = this;
    const { share, shareBars, cash } = this.#portfolio;
    if (share === 'given') return;
    if (share === 'inverse-volatility') this.#byVolatility(rows, shareBars);
    if (share === 'risk-parity') this.#byRisk(rows, shareBars);
    let kept = 0;
    let sum = 0;
    for (let s = 0; s < weight.length; s++) {
      if (Number.isNaN(weight[s]!)) kept += Math.abs(held[s]!);
      else {
        if (share === 'equal') weight[s] = Math.sign(weight[s]!);
        sum += Math.abs(weight[s]!);
      }
    }
    if (sum === 0) return;
    const factor = Math.max(0, 1 - cash - kept) / sum;
    for (let s = 0; s < weight.length; s++) weight[s]! *= factor;
  }

  #byVolatility(rows: Rows, bars: number): void {
    const { weight } = this;
    for (let s = 0; s < weight.length; s++) {
      if (Number.isNaN(weight[s]!) || weight[s] === 0) continue;
      const known = rows[s]! - this.#market.firstRow[s]! >= bars;
      const deviation = known ? volatilityAt(this.#market, s, rows[s]!, bars) : Number.NaN;
      weight[s] = deviation > 0 ? Math.sign(weight[s]!) / deviation : Number.NaN;
    }
  }

  #byRisk(rows: Rows, bars: number): void {
    const { weight } = this;
    let members: number[] = [];
    for (let s = 0; s < weight.length; s++) {
      if (Number.isNaN(weight[s]!) || weight[s] === 0) continue;
      if (volatilityAt(this.#market, s, rows[s]!, bars) > 0) members.push(s);
      else weight[s] = Number.NaN;
    }
    const without = (leaves: (symbol: number, place: number) => boolean): void => {
      for (const [i, s] of members.entries()) if (leaves(s, i)) weight[s] = Number.NaN;
      members = members.filter((s) => !Number.isNaN(weight[s]!));
    };
    while (members.length > 0) {
      const n = members.length;
      const at = members.map((s) => rows[s]!);
      const covariance = covarianceOf(this.#market, members, at, bars);
      if (covariance === null) {
        // Too few dates that all have: whose history is shortest is left out.
        const barsOf = (s: number): number => rows[s]! - this.#market.firstRow[s]!;
        const fewest = Math.min(...members.map(barsOf));
        without((s) => barsOf(s) === fewest);
        continue;
      }
      const isFlat = (i: number): boolean => !(covariance[i * n + i]! > 0);
      if (members.some((_, i) => isFlat(i))) {
        without((_, i) => isFlat(i));
        continue;
      }
      const sides = members.map((s) => Math.sign(weight[s]!));
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) covariance[i * n + j]! *= sides[i]! * sides[j]!;
      const shares = riskParity(covariance, n);
      for (const [i, s] of members.entries()) weight[s] = sides[i]! * shares[i]!;
      return;
    }
  }

  /** Each symbol, then each group, then all, then the heavier side: whatever is above its limit is scaled to it. */
  #limit(held: Float64Array): void {
    const { weight } = this;
    const { maximumGross, maximumNet, maximumPerSymbol, maximumPerGroup } = this.#risk;
    if (maximumPerSymbol !== null) {
      for (let s = 0; s < weight.length; s++)
        if (Math.abs(weight[s]!) > maximumPerSymbol)
          weight[s] = Math.sign(weight[s]!) * maximumPerSymbol;
    }
    const { listings } = this.#market;
    if (maximumPerGroup !== null && listings !== undefined) {
      const inGroup = (group: number) => (s: number) => listings.group[s] === group;
      for (let group = 0; group < listings.groups.length; group++)
        this.#scale(held, inGroup(group), maximumPerGroup);
    }
    if (maximumGross !== null) this.#scale(held, () => true, maximumGross);
    if (maximumNet !== null) {
      const long = (s: number): boolean => (weight[s]! || held[s]!) > 0;
      const short = (s: number): boolean => (weight[s]! || held[s]!) < 0;
      const longs = this.#gross(held, long);
      const shorts = this.#gross(held, short);
      if (longs > shorts) this.#scale(held, long, shorts + maximumNet);
      else this.#scale(held, short, longs + maximumNet);
    }
  }

  /** Scales the targets of some symbols so that with what is kept of them they weigh no more than `most`. */
  #scale(held: Float64Array, belongs: (symbol: number) => boolean, most: number): void {
    const { weight } = this;
    let kept = 0;
    let sum = 0;
    for (let s = 0; s < weight.length; s++) {
      if (!belongs(s)) continue;
      if (Number.isNaN(weight[s]!)) kept += Math.abs(held[s]!);
      else sum += Math.abs(weight[s]!);
    }
    if (kept + sum <= most || sum === 0) return;
    const factor = Math.max(0, most - kept) / sum;
    for (let s = 0; s < weight.length; s++) if (belongs(s)) weight[s]! *= factor;
  }

  #gross(held: Float64Array, belongs: (symbol: number) => boolean): number {
    let sum = 0;
    for (let s = 0; s < this.weight.length; s++) {
      const weight = this.weight[s]!;
      if (belongs(s)) sum += Math.abs(Number.isNaN(weight) ? held[s]! : weight);
    }
    return sum;
  }
}
