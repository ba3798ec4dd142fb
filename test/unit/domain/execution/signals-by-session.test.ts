import { describe, expect, it } from 'vitest';
import { signalsBySession } from '../../../../src/domain/execution/signals-by-session.ts';
import type { Setting } from '../../../../src/domain/execution/setting.ts';
import { sessionDays } from '../../../../src/domain/market.ts';
import { firstDay, flat, marketOf } from './market-builder.ts';

/** A has bars in sessions 0–3, B in 0, 2 and 3. Rows of A are 0–3, of B 4–6. */
const market = marketOf({
  A: [flat(1), flat(1), flat(1), flat(1)],
  B: [flat(1), null, flat(1), flat(1)],
});
const side = Int8Array.of(1, 0, -1, 1, -1, 1, 0);

const grouped = (from: number, to: number) => {
  const sessions = { day: sessionDays(market, firstDay + from, firstDay + to) };
  const { start, rows, symbol } = signalsBySession({
    market,
    signals: { side },
    sessions,
  } as unknown as Setting);
  return [...sessions.day].map((_, session) =>
    [...rows.subarray(start[session], start[session + 1])].map((row, i) => [
      'AB'[symbol[start[session]! + i]!],
      row,
    ]),
  );
};

describe('entry signals by session', () => {
  it('stand in symbol order within their session', () => {
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
