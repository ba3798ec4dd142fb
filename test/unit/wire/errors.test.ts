import { describe, expect, it } from 'vitest';
import { LabError, describe as sentence } from '../../../src/domain/errors.ts';
import { errorData, reply, unwrap } from '../../../src/wire/errors.ts';

const located = {
  kind: 'import',
  problem: 'This is not a price.',
  remedy: 'Correct the cell.',
  place: { file: 'a.csv', line: 7, column: 'Open', value: 'n' },
} as const;

describe('errors', () => {
  it('read as place, problem, value and remedy', () => {
    expect(sentence(located)).toBe(
      'a.csv, line 7, column “Open”: This is not a price. Found “n”. Correct the cell.',
    );
    expect(sentence({ kind: 'study', problem: 'No.' })).toBe('No.');
  });

  it('keep their facts across threads', async () => {
    const answer = structuredClone(
      await reply(() => {
        throw new LabError(located);
      }),
    );
    expect(() => unwrap(answer)).toThrow(LabError);
    expect(answer).toEqual({ ok: false, error: located });
  });

  it('own up to a fault of ours', () => {
    expect(errorData(new TypeError('x is not a function'))).toMatchObject({
      kind: 'engine',
      cause: 'x is not a function',
    });
    expect(errorData('text')).toMatchObject({ kind: 'engine', cause: 'text' });
  });

  it('a value passes through', async () => {
    expect(unwrap(await reply(() => 3))).toBe(3);
  });
});
