/** A synthetic market, and definitions of features over it as plain loops. */
import { expect } from 'vitest';
import { dayFromIso, weekday } from '../../src/domain/calendar.ts';
import type { BarRow } from './lab.ts';

/** Two symbols on weekdays; the second lacks some volumes. A fixed, wavy, synthetic market. */
export const market: BarRow[] = [0, 1].flatMap((sym) => {
  const rows: BarRow[] = [];
  let state = 17 + sym;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  let close = 50 + sym * 900;
  for (let day = dayFromIso('2019-01-01'); rows.length < 120; day++) {
    if (weekday(day) > 4) continue;
    const open = close * (1 + (next() - 0.5) / 50);
    close = open * (1 + (next() - 0.5) / 20);
    const high = Math.max(open, close) * (1 + next() / 50);
    const low = Math.min(open, close) * (1 - next() / 50);
    rows.push({
      sym,
      day,
      open,
      high,
      low,
      close,
      volume: sym === 1 && next() < 0.1 ? null : Math.round(next() * 1e6),
    });
  }
  return rows;
});

export const rowsOf = (sym: number): BarRow[] => market.filter((row) => row.sym === sym);

export function zScores(
  values: readonly (number | null)[],
  window: number,
  minimum: number,
): (number | null)[] {
  return values.map((x, i) => {
    const seen = values.slice(Math.max(0, i - window + 1), i + 1).filter((v) => v !== null);
    if (x === null || seen.length < minimum) return null;
    const mean = seen.reduce((a, b) => a + b, 0) / seen.length;
    const variance = seen.reduce((a, b) => a + (b - mean) * (b - mean), 0) / (seen.length - 1);
    return variance === 0 ? 0 : (x - mean) / Math.sqrt(variance);
  });
}

export const bothSymbols = <T>(make: (rows: readonly BarRow[]) => T[]): T[] =>
  [0, 1].flatMap((sym) => make(rowsOf(sym)));

export function expectClose(ours: readonly unknown[], expected: readonly (number | null)[]): void {
  expect(ours).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    if (value === null) expect(ours[i], `row ${i}`).toBeNull();
    else
      expect(
        Math.abs(Number(ours[i]) - value),
        `row ${i}: ${String(ours[i])} for ${value}`,
      ).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
  }
}
