/** Everything that needs Observable Plot, so that the page fetches it only with the first results. */
export { plot } from '@observablehq/plot';
export { coverageChart } from './coverage.ts';
export { degradationChart } from './degradation.ts';
export { dialChart } from './dial.ts';
export { driftChart } from './drift.ts';
export { equityChart } from './equity.ts';
export { binned, histogramChart } from './histogram.ts';
export { excursionsChart } from './excursions.ts';
export { monthCoverageChart } from './month-coverage.ts';
export { monthsChart } from './months.ts';
export { overTimeChart } from './over-time.ts';
export { priceChart, signalChart } from './signal.ts';
export { underwaterChart } from './underwater.ts';
export { yearBarsChart } from './year-bars.ts';
