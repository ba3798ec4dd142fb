import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ranking } from '../../../../src/domain/execution/ranking.ts';

it('takes orders out by score, then symbol, unknown scores last', () => {
  const score = fc.oneof(
    fc.constantFrom(Number.NaN, 0, -0, 1, 2, -Infinity, Infinity),
    fc.double(),
  );
  fc.assert(
    fc.property(
      fc.array(score, { maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      (scores, order) => {
        const symbols = scores.map((_, symbol) => ({ symbol, key: order.next().value as number }));
        symbols.sort((a, b) => a.key - b.key);
        const ranking = new Ranking(scores.length);
        for (const { symbol } of symbols) ranking.add(symbol, scores[symbol]!);
        const taken: number[] = [];
        while (ranking.size > 0) taken.push(ranking.take());

        const known = (symbol: number) => !Number.isNaN(scores[symbol]);
        const expected = scores
          .map((_, symbol) => symbol)
          .sort(
            (a, b) =>
              Number(known(b)) - Number(known(a)) ||
              (known(a) && scores[a] !== scores[b] ? (scores[a]! < scores[b]! ? 1 : -1) : a - b),
          );
        expect(taken).toEqual(expected);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
