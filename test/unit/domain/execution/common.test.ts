import { describe, expect, it } from 'vitest';
import { Common } from '../../../../src/domain/execution/common.ts';
import { stepTimes } from '../../../../src/domain/market.ts';
import { firstDay, flat, marketOf } from './market-builder.ts';

/** A has bars in steps 0–3, B in 0, 2 and 3. Rows of A are 0–3, of B 4–6. */
const market = marketOf({
  A: [flat(1), flat(1), flat(1), flat(1)],
  B: [flat(1), null, flat(1), flat(1)],
});
const side = Int8Array.of(1, 0, -1, 1, -1, 1, 0);

const grouped = (from: number, to: number) => {
  const steps = stepTimes(market, firstDay + from, firstDay + to);
  const { start, rows, symbol } = new Common(market, steps).signalsByStep(side);
  return [...steps.day].map((_, step) =>
    [...rows.subarray(start[step], start[step + 1])].map((row, i) => [
      'AB'[symbol[start[step]! + i]!],
      row,
    ]),
  );
};

describe('entry signals by step', () => {
  it('stand in symbol order within their step', () => {
    expect(grouped(0, 3)).toEqual([
      [
        ['A', 0],
        ['B', 4],
      ],
      [],
      [
        ['A', 2],
        ['B', 5],
      ],
      [['A', 3]],
    ]);
  });

  it('are those of the range only', () => {
    expect(grouped(1, 2)).toEqual([
      [],
      [
        ['A', 2],
        ['B', 5],
      ],
    ]);
    expect(grouped(7, 9)).toEqual([]);
  });
});
