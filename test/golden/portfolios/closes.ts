import { readFileSync } from 'node:fs';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import type { Market } from '../../../src/domain/market.ts';
import type { Day } from '../../../src/domain/units.ts';

/** Bars whose four prices are the column «Adj Close» of datasets/us-shares-2000-2013, as make.py reads it. */
export function adjustedCloses(symbols: readonly string[], from: Day): Market {
  const firstRow = [0];
  const day: Day[] = [];
  const price: number[] = [];
  for (const symbol of symbols) {
    const file = new URL(`../../../datasets/us-shares-2000-2013/${symbol}.csv`, import.meta.url);
    const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const column = header.split(',').indexOf('Adj Close');
    for (const cells of lines.map((line) => line.split(','))) {
      if (dayFromIso(cells[0]!) < from) continue;
      day.push(dayFromIso(cells[0]!));
      price.push(Number(cells[column]));
    }
    firstRow.push(day.length);
  }
  const prices = Float64Array.from(price);
  return {
    symbols,
    firstRow: Int32Array.from(firstRow),
    day: Int32Array.from(day),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: new Float64Array(day.length).fill(Number.NaN),
  };
}
