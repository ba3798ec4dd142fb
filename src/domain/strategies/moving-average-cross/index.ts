import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, averageGap, sma } from '../../features.ts';
import {
  atrMethod,
  atrPeriod,
  barCount,
  fullyInvested,
  membership,
  ownExits,
  sides,
  value,
} from '../parameters.ts';
import { backtestingPy, vectorbt } from '../peers.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

export default defineStrategy({
  id: 'moving-average-cross',
  title: 'Moving-average cross',
  description:
    'Follows trends: long once a fast mean of the close crosses above a slow one, out (or short) once it crosses below.',
  parameters: Type.Object(
    {
      fast: barCount('Fast', 'Bars in the fast mean.', 20),
      slow: barCount('Slow', 'Bars in the slow mean.', 100, 2),
      sides: sides('both'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, oppositeSignal: 'reverse' } },
  sample: { size: { fraction: 0.5 } },
  examples: {
    'backtesting.py/sma-20-100-reverse': {
      ...backtestingPy({ commissionBps: 10, reverse: true }),
      name: 'backtesting.py: SMA 20/100, reversing',
    },
    'backtesting.py/sma-20-100-reverse-same-close': {
      ...backtestingPy({ fill: 'prior-close', commissionBps: 10, reverse: true }),
      name: 'backtesting.py: SMA 20/100, reversing, trade_on_close',
    },
    'backtesting.py/sma-50-200-long': {
      ...backtestingPy({}),
      name: 'backtesting.py: SMA 50/200, long only',
      parameters: { fast: 50, slow: 200, sides: 'long' },
    },
    'vectorbt/sma-20-100-long-next-open': {
      ...vectorbt({ fill: 'next-open', commissionBps: 10, slippage: 5 }),
      name: 'vectorbt: SMA 20/100, long only',
      parameters: { sides: 'long' },
    },
    'vectorbt/sma-20-100-reverse-same-close': {
      ...vectorbt({ fill: 'same-close', commissionBps: 10, reverse: true }),
      name: 'vectorbt: SMA 20/100, reversing at the signal’s close',
    },
  },
  search: [
    span('/strategy/parameters/fast', 10, 60, 6),
    span('/strategy/parameters/slow', 80, 240, 9),
  ],
  conflict: ({ fast, slow }) =>
    fast < slow
      ? null
      : { path: '/fast', problem: `This must be less than the slow mean’s bars, ${slow}.` },
  plan(p, facts) {
    const [fast, slow] = [sma(p.fast), sma(p.slow)];
    const gap = averageGap(fast, slow);
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { fast, slow, gap, atr: range, member: membership(facts) },
      values: { fast: p.fast, slow: p.slow, sides: p.sides },
      columns: { atr: value(range), fast: value(fast), slow: value(slow), gap: value(gap) },
      sessions: null,
      chart: {
        column: 'gap',
        label: 'Fast mean ÷ slow mean − 1',
        threshold: 0,
        parts: [
          { column: 'fast', label: 'Fast mean', unit: 'number' },
          { column: 'slow', label: 'Slow mean', unit: 'number' },
        ],
      },
      notes: [],
    };
  },
});
