import { expect, test } from 'vitest';
import { told } from '../../../src/cli/remedies.ts';
import type { LabErrorData } from '../../../src/domain/errors.ts';

const undated: LabErrorData = {
  kind: 'import',
  code: 'ambiguous-dates',
  problem: 'Worded in some way.',
  remedy: 'Say which it is.',
};

test('the command names its own option, whatever the error’s words', () => {
  expect(told(undated).remedy).toContain('(--date-order day-first or month-first)');
  expect(told({ ...undated, code: 'no-run' }).remedy).toBe('Say which it is.');
});
