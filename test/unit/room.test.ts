import { expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { errorData } from '../../src/wire/errors.ts';
import { withRoom } from '../../workers/services/room.ts';

const full = new LabError({
  kind: 'data',
  code: 'full',
  problem: 'The data need more memory than the engine has.',
});

it('who has too many bars reads how many there are, and how many have room', () => {
  expect(withRoom(full, 40_000_000, 5)).toMatchObject({
    data: {
      code: 'full',
      problem: expect.stringMatching(/^40,000,000 bars with 5 features need more memory/) as string,
      remedy: expect.stringMatching(/^About 24,000,000 bars have room/) as string,
    },
  });
});

it('other failures stay as they are', () => {
  const other = new LabError({ kind: 'engine', problem: 'Broken.' });
  expect(withRoom(other, 40_000_000, 5)).toBe(other);
});

it('arrays that find no room are no fault of ours', () => {
  expect(errorData(new RangeError('Array buffer allocation failed'))).toMatchObject({
    kind: 'data',
    code: 'full',
  });
  expect(errorData(new RangeError('Invalid array length'))).toMatchObject({ kind: 'engine' });
});
