import { expect, it } from 'vitest';
import { distributionsOf } from '../../../workers/services/import/shape.ts';
import { flat, marketOf } from '../domain/execution/market-builder.ts';

it('returns are spread within symbols, however many bars each has', () => {
  const market = marketOf({
    A: [flat(100), flat(110), flat(88)],
    B: [flat(50)],
    C: [flat(10), flat(20)],
  });
  const found = distributionsOf(market);
  const returns = found.find(({ column }) => column === 'returns')!;
  // +10 % and −20 % of A, +100 % of C, and none from one symbol to the next.
  expect([returns.edges[0], returns.edges.at(-1)].map((edge) => edge!.toFixed(9))).toEqual([
    '-0.200000000',
    '1.000000000',
  ]);
  expect(returns.counts.flatMap((count, bin) => (count === 0 ? [] : [[bin, count]]))).toEqual([
    [0, 1],
    [10, 1],
    [39, 1],
  ]);
  expect(found.find(({ column }) => column === 'volume')).toMatchObject({ edges: [], counts: [] });
});
