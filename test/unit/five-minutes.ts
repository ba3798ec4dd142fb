/** Two sessions of New York on 5 min bars, 9:30 to 16:00, of which the second follows the change of clocks. */
import type { BarClock } from '../../src/domain/time/bar-clock.ts';
import type { Equity } from '../../src/domain/run.ts';

const zone = 'America/New_York';
export const clock: BarClock = {
  seconds: 300,
  places: [{ exchange: 'XNYS', zone }],
  placeOf: [0],
};

const perSession = 78;
/** Friday 2024-03-08 and Monday 2024-03-11. */
export const days = [19_790, 19_793];
const opens = ['2024-03-08T14:30Z', '2024-03-11T13:30Z'].map((at) => Date.parse(at) / 1000);

/** When the bar opens, by its number from 0. */
export const opensAt = (bar: number): number =>
  opens[Math.floor(bar / perSession)]! + (bar % perSession) * 300;
const knownAt = (bar: number): number => opensAt(bar) + 300;

export const bars = 2 * perSession;
const of = (value: (bar: number) => number): Float64Array =>
  Float64Array.from({ length: bars }, (_, bar) => value(bar));

export const fiveMinutes: Equity = {
  day: Int32Array.from({ length: bars }, (_, bar) => days[Math.floor(bar / perSession)]!),
  known: of(knownAt),
  equity: of((bar) => 100 + (bar % 10) + bar / 100),
  cash: of(() => 100),
  gross: of(() => 0),
  net: of(() => 0),
  positions: new Int32Array(bars),
};
