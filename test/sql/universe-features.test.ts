/** Features that look across symbols, against their definitions as plain loops. */
import { beforeAll, describe, expect, it } from 'vitest';
import { constant, member, momentum, momentumRank, pairScore } from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { type BarRow, column, loadBars } from './lab.ts';
import { expectClose, market, zScores } from './synthetic.ts';

/** A third symbol that moves as the first does, and lacks every seventh of its bars. */
const three: BarRow[] = [
  ...market,
  ...market.filter(({ sym }, i) => sym === 0 && i % 7 !== 3).map((row) => ({ ...row, sym: 2 })),
];

describe('a feature across symbols', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });

  it('rank: the strongest of a date is 1, ties go by symbol', async () => {
    const whole = [
      ...market,
      ...market.filter(({ sym }) => sym === 0).map((row) => ({ ...row, sym: 2 })),
    ];
    const tables = loadBars(engine, whole);
    const strength = await column(engine, tables, momentum(10, 2));
    const ranks = await column(engine, tables, momentumRank(momentum(10, 2), constant(true)));
    expect(ranks).toEqual(
      whole.map(({ sym, day }, i) => {
        if (strength[i] === null) return null;
        const rivals = whole.filter(
          (other, k) =>
            other.day === day &&
            (Number(strength[k]) > Number(strength[i]) ||
              (strength[k] === strength[i] && other.sym < sym)),
        );
        return rivals.length + 1;
      }),
    );
    expect(new Set(ranks)).toEqual(new Set([null, 1, 2, 3]));
  });

  it('rank: only members take part', async () => {
    engine.run(
      'CREATE OR REPLACE TABLE universe AS SELECT 1 AS sym, 0 AS from_day, 99999 AS to_day',
    );
    const ranks = await column(
      engine,
      loadBars(engine, market),
      momentumRank(momentum(10, 2), member()),
    );
    expect(ranks).toEqual(market.map(({ sym }, i) => (sym === 1 && i % 120 >= 10 ? 1 : null)));
  });

  it('pair: the z-score of close ÷ close over common dates, mirrored for the other leg', async () => {
    const [a, b] = [three.filter(({ sym }) => sym === 1), three.filter(({ sym }) => sym === 2)];
    const common = a.flatMap((leg) => {
      const other = b.find(({ day }) => day === leg.day);
      return other === undefined ? [] : [{ day: leg.day, ratio: leg.close / other.close }];
    });
    const scores = zScores(
      common.map(({ ratio }) => ratio),
      20,
      20,
    );
    const scoreOn = (day: number): number | null =>
      scores[common.findIndex((one) => one.day === day)] ?? null;
    expectClose(
      await column(engine, loadBars(engine, three), pairScore(1, 2, 20)),
      three.map(({ sym, day }) => {
        const score = sym === 0 ? null : scoreOn(day);
        return score === null ? null : sym === 1 ? score : -score;
      }),
    );
  });
});
