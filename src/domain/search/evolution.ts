import { type RandomStream, randomStream } from '../random.ts';
import { latinShares } from './shares.ts';
import { type Standing, leadOf } from './standing.ts';

/** A point in the box of all dimensions: 0 ≤ share < 1 of each one's span. */
export type Point = readonly number[];

interface Member {
  readonly point: Point;
  readonly standing: Standing;
}

/** Of the scale of differences, and the chance that a dimension takes the mutant's share (Storn & Price 1997). */
const leastScale = 0.5;
const crossover = 0.5;
const largestShare = 1 - Number.EPSILON / 2;

/**
 * Differential evolution (Storn & Price 1997, DE/rand/1/bin), asked for a generation at a time and told how it did. The
 * first generation is a Latin hypercube. Each later point is made of three others of the population and takes its own
 * place's member out where it stands no worse. It adds, subtracts and multiplies, by the stream of its own number, and
 * looks at all of a generation at once: equal standings give equal points, in every engine and order.
 */
export class Evolution {
  readonly #members: Member[] = [];
  #drawn = 0;
  #asked: readonly Point[] = [];

  /** `population` of at least four, or else there is only the first generation. */
  constructor(
    private readonly seed: number,
    private readonly population: number,
    private readonly dimensions: number,
  ) {}

  /** The points of the next generation, one for each place. */
  ask(): readonly Point[] {
    this.#asked = this.#members.length === 0 ? this.#first() : this.#members.map(this.#next);
    this.#drawn += this.#asked.length;
    return this.#asked;
  }

  /** How the points last asked for stand, in their order; those that were not tried may be left out at the end. */
  tell(standings: readonly Standing[]): void {
    for (const [place, standing] of standings.entries()) {
      const before = this.#members[place];
      if (before === undefined || leadOf(standing, before.standing) >= 0)
        this.#members[place] = { point: this.#asked[place]!, standing };
    }
  }

  #first(): Point[] {
    const { seed, population, dimensions } = this;
    const shares = latinShares(seed, population);
    return Array.from({ length: population }, (_, trial) =>
      Array.from({ length: dimensions }, (_, d) => shares(trial, d)),
    );
  }

  readonly #next = ({ point }: Member, place: number): Point => {
    const stream = randomStream(this.seed, `evolution trial ${this.#drawn + place}`);
    const [base, plus, minus] = this.#others(place, stream);
    const scale = leastScale + (1 - leastScale) * stream.uniform();
    const always = stream.below(this.dimensions);
    return point.map((own, d) => {
      const taken = stream.uniform() < crossover;
      return taken || d === always
        ? inside(base[d]! + scale * (plus[d]! - minus[d]!), base[d]!)
        : own;
    });
  };

  /** Three different points that are not at this place. */
  #others(place: number, stream: RandomStream): [Point, Point, Point] {
    const chosen = [place];
    while (chosen.length < 4) {
      const other = stream.below(this.#members.length);
      if (!chosen.includes(other)) chosen.push(other);
    }
    const [, base, plus, minus] = chosen.map((other) => this.#members[other]!.point);
    return [base!, plus!, minus!];
  }
}

/** A share beyond the box is put half the way from the base to the side that it left by. */
function inside(share: number, base: number): number {
  if (share < 0) return base / 2;
  return Math.min(share < 1 ? share : (base + 1) / 2, largestShare);
}
