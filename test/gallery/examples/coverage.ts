import { dayFromIso } from '../../../src/domain/calendar.ts';
import { coverageChart } from '../../../src/present/charts/coverage.ts';
import { type Example, width } from '../example.ts';

const symbols = ['AAPL', 'DEAD', 'LATE'];
const spans = 40;
/** One throughout with a pause, one that ends, one that begins. */
const bars = Uint32Array.from({ length: symbols.length * spans }, (_, i) => {
  const span = i % spans;
  const has = [span < 18 || span > 21, span < 12, span > 29][Math.floor(i / spans)]!;
  return has ? 30 : 0;
});

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
] satisfies Example[];
