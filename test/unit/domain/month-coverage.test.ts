import { expect, it } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import { sessionColumns } from '../../../src/domain/exchanges/sessions.ts';
import { monthCoverage } from '../../../src/domain/month-coverage.ts';
import { shareThere } from '../../../src/domain/quality.ts';

const [from, to] = [dayFromIso('2024-06-28'), dayFromIso('2024-08-01')];
const place = { exchange: 'XNYS', zone: 'America/New_York' };

/** So many bars in each session of New York, of symbol A. */
function marketOf(perSession: (day: number) => number, last = to) {
  const days = [...sessionColumns('XNYS', from, last).day].flatMap((day) =>
    Array.from({ length: perSession(day) }, () => day),
  );
  return { symbols: ['A'], firstRow: Int32Array.of(0, days.length), day: Int32Array.from(days) };
}
const halfDay = dayFromIso('2024-07-03');
const clock = { seconds: 300, places: [place], placeOf: [0] };

it('a month is whole where all bars of its sessions are there, half days among them', () => {
  const coverage = monthCoverage(
    marketOf((day) => (day === halfDay ? 42 : 78)),
    clock,
  )!;
  expect([...coverage.expected]).toEqual([78, 21 * 78 + 42, 78]);
  expect([...coverage.bars]).toEqual([...coverage.expected]);
  expect([0, 1, 2].map((month) => shareThere(coverage, 0, month))).toEqual([1, 1, 1]);
});

it('a month lacks what is missing in it; what no session has makes up for nothing', () => {
  const coverage = monthCoverage(
    marketOf((day) => (day < dayFromIso('2024-07-01') ? 100 : 39)),
    clock,
  )!;
  expect(shareThere(coverage, 0, 0)).toBe(1);
  expect(shareThere(coverage, 0, 2)).toBe(0.5);
});

it('nothing is missed before a symbol begins and after it ends, and hours end with their session', () => {
  const days = marketOf(() => 7, dayFromIso('2024-07-01'));
  const coverage = monthCoverage(days, { ...clock, seconds: 3600 })!;
  expect([...coverage.expected]).toEqual([7, 7]);
});

it('a break divides the bars of its session', () => {
  const day = Int32Array.of(dayFromIso('2023-06-01'));
  const market = { symbols: ['A'], firstRow: Int32Array.of(0, 1), day };
  const tokyo = { exchange: 'XTKS', zone: 'Asia/Tokyo' };
  const of = (seconds: number) => monthCoverage(market, { seconds, places: [tokyo], placeOf: [0] });
  expect([...of(3600)!.expected]).toEqual([6]);
  expect([...of(86_400)!.expected]).toEqual([1]);
  expect(of(604_800)).toBeNull();
});

it('nobody knows what to expect without a calendar, or beyond one', () => {
  const market = marketOf(() => 78);
  const nowhere = { ...clock, places: [{ exchange: null, zone: 'UTC' }] };
  expect(shareThere(monthCoverage(market, nowhere)!, 0, 1)).toBeNaN();
  const late = { ...market, day: market.day.map((day) => day + 40_000) };
  expect(shareThere(monthCoverage(late, clock)!, 0, 0)).toBeNaN();
});
