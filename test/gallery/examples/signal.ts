import { priceChart, signalChart } from '../../../src/present/charts/signal.ts';
import { type Example, width } from '../example.ts';
import { sessions, walk } from '../world.ts';

const day = sessions(500);
const close = walk('close', day.length, 50, 0.0004);
const lookback = 20;
/** Change over the lookback; NaN until there is one. */
const value = close.map((price, i) => (i < lookback ? NaN : price / close[i - lookback]! - 1));
const data = { day, close, value, threshold: 0.05 };
const entries = [60, 180, 300, 420].map((row, i) => ({
  day: day[row]!,
  side: i % 2 === 0 ? (1 as const) : (-1 as const),
}));
const span = [day[0]!, day.at(-1)!] as const;
const cut = { day: day.slice(0, 300), value: value.slice(0, 300) };

export default [
  {
    chart: signalChart,
    shows: 'A signal, the line above which it enters, and its entries: ▲ long, ▽ short.',
    drawing: signalChart(data, entries, span, width, 200),
  },
  {
    chart: signalChart,
    state: 'cut',
    shows: 'The same signal computed without what follows the upright line: both agree up to it.',
    drawing: signalChart(data, [], span, width, 200, cut),
  },
  {
    chart: priceChart,
    shows: 'The close with the same entries.',
    drawing: priceChart(data, entries, span, width, 140),
  },
] satisfies Example[];
