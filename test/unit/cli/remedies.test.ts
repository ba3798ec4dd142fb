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

test('of times without a zone it names two options and what is likely, not a sentence for each', () => {
  const fixes = [
    { label: 'They are of Xetra, Frankfurt', reading: { exchange: 'XETR' as const } },
    { label: 'They are of Euronext Paris', reading: { exchange: 'XPAR' as const } },
    { label: 'Times are of UTC', reading: { zone: 'UTC' } },
    { label: 'Times are of New York', reading: { zone: 'America/New_York' } },
  ];
  expect(told({ ...fault, code: 'no-zone', fixes }).remedy).toBe(
    'Say their exchange by --exchange CODE (their hours fit XETR, XPAR), or the zone of their clocks by --zone NAME (such as UTC, America/New_York).',
  );
});
