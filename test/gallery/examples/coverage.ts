import { dayFromIso, monthOf } from '../../../src/domain/calendar.ts';
import { coverageChart } from '../../../src/present/charts/coverage.ts';
import { monthCoverageChart } from '../../../src/present/charts/month-coverage.ts';
import { type Example, width } from '../example.ts';

const symbols = ['AAPL', 'DEAD', 'LATE'];
const spans = 40;
/** One throughout with a pause, one that ends, one that begins. */
const bars = Uint32Array.from({ length: symbols.length * spans }, (_, i) => {
  const span = i % spans;
  const has = [span < 18 || span > 21, span < 12, span > 29][Math.floor(i / spans)]!;
  return has ? 30 : 0;
});

/** Of 1,600 bars a month: all, ever fewer, and none of some; before and after its bars nothing is expected. */
const months = 30;
const there = symbols.flatMap((_, symbol) =>
  Array.from({ length: months }, (_, month) =>
    symbol === 0 ? 1600 : symbol === 1 ? 1600 - 50 * month : month === 20 ? 0 : 1600,
  ),
);
const hours = {
  first: monthOf(dayFromIso('2022-11-01')),
  months,
  bars: Int32Array.from(there),
  expected: Int32Array.from(there, (_, i) =>
    Math.floor(i / months) === 2 && i % months < 8 ? 0 : 1600,
  ),
};

export default [
  {
    chart: coverageChart,
    shows: 'Where three symbols have bars: one with a pause, one that ends, one that begins late.',
    drawing: coverageChart(
      { from: dayFromIso('2015-01-02'), to: dayFromIso('2019-12-31'), spans, bars },
      symbols,
      width,
      120,
    ),
  },
  {
    chart: monthCoverageChart,
    shows:
      'Which bars of the calendar are there: of one symbol all, of one ever fewer, of one none in a month.',
    drawing: monthCoverageChart(hours, symbols, width, 130),
  },
] satisfies Example[];
