import { excursionsChart } from '../../../src/present/charts/excursions.ts';
import { type Example, width } from '../example.ts';
import { draws } from '../world.ts';

const trades = (count: number) => {
  const net = Float64Array.from(draws('net', count, 20, 400));
  const size = (name: string) => draws(name, count, 0.02, 0.015).map(Math.abs);
  return {
    length: count,
    mae: Float64Array.from(size('against'), (one) => -one),
    mfe: Float64Array.from(size('in favour')),
    net,
  };
};

export default [
  {
    chart: excursionsChart,
    shows: 'Filled dots of trades that made money, hollow ones of those that did not.',
    drawing: excursionsChart(trades(60), width, 260),
  },
  {
    chart: excursionsChart,
    state: 'empty',
    shows: 'No trade: axes that meet at zero.',
    drawing: excursionsChart(trades(0), width, 260),
  },
] satisfies Example[];
