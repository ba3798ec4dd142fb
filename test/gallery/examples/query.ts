import type { QueryAnswer } from '../../../src/domain/query.ts';
import { queryChart, queryPlot } from '../../../src/present/charts/query.ts';
import { type Example, width } from '../example.ts';
import { draws } from '../world.ts';

const answer = (
  type: 'DATE' | 'VARCHAR' | 'DOUBLE',
  across: readonly (number | string)[],
  up: readonly number[],
): QueryAnswer => ({
  columns: [
    {
      ...{ name: 'across', type, isNumber: type === 'DOUBLE' },
      stored: type === 'DATE' ? 'date' : type === 'DOUBLE' ? 'double' : 'text',
    },
    { name: 'up', type: 'DOUBLE', stored: 'double', isNumber: true },
  ],
  cells: [across, up],
  rows: up.length,
  isAll: true,
  cut: 0,
});

function drawing(...given: Parameters<typeof answer>) {
  const plot = queryPlot(answer(...given), 0, 1);
  if (typeof plot === 'string') throw new RangeError(plot);
  return queryChart(plot, width, 200);
}

const [right, up] = [draws('across', 60, 0, 1), draws('up', 60, 0, 1)];

export default [
  {
    chart: queryChart,
    shows: 'A column over dates, which came in any order: a line.',
    drawing: drawing('DATE', [18262, 18322, 18293, 18353, 18383], [1, 3, 2, 2.5, 4]),
  },
  {
    chart: queryChart,
    state: 'bars',
    shows:
      'A column over names that each stand once, a long one among them, some values below zero.',
    drawing: drawing(
      'VARCHAR',
      ['stop', 'target', 'a name that is far too long'],
      [-32_000, 33_000, 650],
    ),
  },
  {
    chart: queryChart,
    state: 'dots',
    shows: 'A column over numbers in no order: dots.',
    drawing: drawing('DOUBLE', [...right], [...up]),
  },
] satisfies Example[];
