import type { DriftRow } from '../../../src/domain/live/drift.ts';
import { driftByDay } from '../../../src/domain/live/drift.ts';
import { driftChart } from '../../../src/present/charts/drift.ts';
import { type Example, width } from '../example.ts';

const row = (day: number, slippage: number): DriftRow => ({
  ...{ step: day, day, symbol: 'ABC', what: 'entry', market: 100, model: 100, slippage },
});
const rows = [row(20_000, 4), row(20_000, -2), row(20_003, 6), row(20_004, -1)];

export default [
  {
    chart: driftChart,
    shows: 'A dot for each fill above or below zero, and a line through the means of the sessions.',
    drawing: driftChart({ rows }, driftByDay({ rows }), width, 200),
  },
] satisfies Example[];
