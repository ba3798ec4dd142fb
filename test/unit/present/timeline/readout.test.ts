import { expect, it } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import { readout } from '../../../../src/present/timeline/readout.ts';

it('reads everything at the crosshair in one line', () => {
  const day = dayFromIso('2016-03-04');
  const readings = [
    { label: 'Equity', words: '101,250.00' },
    { label: 'Drawdown', words: '−1.20 %' },
  ];
  expect(readout(day, readings)).toBe('2016-03-04: Equity 101,250.00, Drawdown −1.20 %.');
  expect(readout(day, [])).toBe('2016-03-04.');
});
