import { expect, it } from 'vitest';
import { readout } from '../../../../src/present/timeline/readout.ts';

it('reads everything at the crosshair in one line', () => {
  const readings = [
    { label: 'Equity', words: '101,250.00' },
    { label: 'Drawdown', words: '−1.20 %' },
  ];
  expect(readout('2016-03-04', readings)).toBe('2016-03-04: Equity 101,250.00, Drawdown −1.20 %.');
  expect(readout('2016-03-04', [])).toBe('2016-03-04.');
});
