import { expect, test } from 'vitest';
import { findingsTable } from '../../../../src/present/tables/findings.ts';
import { metricsTable } from '../../../../src/present/tables/metrics.ts';
import { yearsTable } from '../../../../src/present/tables/years.ts';
import { csvTextOf } from '../../../pieces.ts';

const common = {
  group: 'risk',
  unit: 'ratio',
  definition: 'What it is.',
  formula: 'a ÷ b',
} as const;

test('metrics: a value, or why there is none; of one that is not shown both', async () => {
  const sortino = {
    ...{ ...common, id: 'sortino', label: 'Sortino ratio' },
    ...{ value: null, reason: 'No losses, none.' },
  };
  const sharpe = { ...common, id: 'sharpe', label: 'Sharpe ratio', value: 0.1 + 0.2 };
  const cagr = { ...common, id: 'cagr', label: 'CAGR', value: 9 };
  const shown = [sharpe, sortino, { ...cagr, value: null, reason: 'Too short.' }];
  const csv = await csvTextOf(metricsTable([sharpe, sortino, cagr], shown));
  expect(csv.split('\r\n')).toEqual([
    'id,group,metric,value,unit,reason,definition,formula',
    'sharpe,risk,Sharpe ratio,0.30000000000000004,ratio,,What it is.,a ÷ b',
    'sortino,risk,Sortino ratio,,ratio,"No losses, none.",What it is.,a ÷ b',
    'cagr,risk,CAGR,9,ratio,Too short.,What it is.,a ÷ b',
    '',
  ]);
});

test('years and findings, a line each', async () => {
  const year = {
    year: 2014,
    sessions: 252,
    equity: 101,
    change: 0.01,
    benchmarkChange: 0.1,
    deepest: -0.2,
  };
  expect((await csvTextOf(yearsTable([year]))).split('\r\n')[1]).toBe('2014,252,101,0.01,0.1,-0.2');
  const finding = {
    id: 'fills',
    level: 'green',
    title: 'T',
    text: 'X',
    threshold: 'H',
    source: 'S',
    change: '',
  } as const;
  expect((await csvTextOf(findingsTable([finding]))).split('\r\n')[1]).toBe('fills,green,T,X,H,S,');
});
