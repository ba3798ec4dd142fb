import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLedger } from '../../../src/cli/ledger.ts';
import type { LabError } from '../../../src/domain/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-ledger-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each([
  ['text', 'this is no database, though it is long enough to be one'.repeat(100)],
  ['half a database', `SQLite format 3\0${'\0'.repeat(600)}`],
])('a ledger that is %s is named, said to be none, and left as it is', async (_, content) => {
  const path = join(folder, 'trials.sqlite');
  writeFileSync(path, content);
  const error: unknown = await openLedger({ ledger: path }).catch((error: unknown) => error);
  expect((error as LabError).data).toMatchObject({
    kind: 'data',
    problem: expect.stringMatching(
      /^This is no trial ledger of Outsample, or it is damaged: .*\.$/,
    ) as string,
    remedy: expect.stringContaining('--ledger') as string,
    place: { file: path },
  });
  expect(readFileSync(path, 'utf8')).toBe(content);
});

it('a ledger that is a folder is no fault of Outsample’s', async () => {
  await expect(openLedger({ ledger: folder })).rejects.toMatchObject({
    data: {
      kind: 'usage',
      problem: expect.stringContaining('This is a folder') as string,
      place: { file: folder },
    },
  });
});
