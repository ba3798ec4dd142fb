import { expect, test } from 'vitest';
import { told } from '../../../src/cli/remedies.ts';
import type { LabErrorData } from '../../../src/domain/errors.ts';

const fault: LabErrorData = {
  kind: 'import',
  problem: 'Worded in some way.',
  remedy: 'Mend it.',
  place: { file: 'data/A.csv' },
};

test('the command names its own options, whatever the error’s words', () => {
  const fixes = [
    { label: 'Month first, 12/31', reading: { dateOrder: 'month-first' as const } },
    { label: 'Start on 1982-04-20', reading: { from: '1982-04-20' } },
  ];
  expect(told({ ...fault, fixes }).remedy).toBe(
    'Mend it. Month first, 12/31: --date-order month-first. Start on 1982-04-20: --map FILE, which says {"A.csv":{"from":"1982-04-20"}}.',
  );
  expect(told(fault).remedy).toBe('Mend it.');
});
