import { expect, test } from 'vitest';
import { formOf } from '../../../src/domain/study/form.ts';
import { completeStudy, defaultStudy } from '../../../src/domain/study/study.ts';
import { withValue } from '../../../src/domain/study/pointer.ts';
import { faultOf } from '../../../src/state/fault.ts';

const fields = formOf('harvester').flatMap(({ fields }) => fields);

test.each([
  ['/range/from', 'soon', 'This must be a date of the form YYYY-MM-DD', ', or empty'],
  ['/exits/stop', -1, 'This must be a number above 0', ''],
])('%s: a form has a switch or an empty field where a study has null', (path, value, said, or) => {
  const study = withValue(defaultStudy('harvester'), path, value);
  const field = fields.find((one) => one.path === path)!;
  expect(faultOf(study, field)?.problem).toBe(`${said}${or}.`);
  expect(() => completeStudy(study)).toThrow(`${said} or null.`);
});
