import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isSealed } from '../../../workers/services/journal/sqlcipher.ts';
import { inOracle } from '../journal/oracle.ts';
import { outsample } from './outsample.ts';

let folder = '';
let journal = '';
const folders: string[] = [];
beforeAll(() => void vi.stubEnv('XDG_STATE_HOME', mkdtempSync(join(tmpdir(), 'outsample-state-'))));
beforeEach(() => {
  folders.push((folder = mkdtempSync(join(tmpdir(), 'outsample-journal-'))));
  journal = join(folder, 'j.sqlite');
});
afterAll(() => {
  for (const one of [...folders, process.env['XDG_STATE_HOME']!]) rmSync(one, { recursive: true });
  vi.unstubAllEnvs();
});

/** Runs the command with these lines on a file descriptor. */
async function withLines(lines: string, ...args: string[]) {
  const path = join(folder, 'lines');
  writeFileSync(path, lines);
  const fd = openSync(path, 'r');
  try {
    return await outsample(...args, '--passphrase-fd', String(fd));
  } finally {
    try {
      closeSync(fd);
    } catch {
      // It was read to its end, and is closed.
    }
  }
}

const link = (): string[] => {
  const bars = join(folder, 'SP500.csv');
  const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
  writeFileSync(bars, lines.slice(0, 60).join('\n'));
  const study = join(folder, 'study.json');
  writeFileSync(study, JSON.stringify({ strategy: { id: 'buy-and-hold' } }));
  return ['link', study, '--data', bars];
};

describe('a journal of the command', () => {
  it('is encrypted, counted in, given another passphrase, and decrypted', async () => {
    expect(await withLines('one\n', 'journal', 'encrypt', journal)).toMatchObject({ code: 0 });
    const first = await withLines('one\r\n', ...link(), '--journal', journal);
    expect(first.code).toBe(0);
    expect(isSealed(readFileSync(journal))).toBe(true);
    const { rows } = inOracle(readFileSync(journal), 'one', 'SELECT count(*) FROM trials');
    expect(rows).toEqual([[1]]);

    expect(await withLines('one\ntwo\n', 'journal', 'rekey', journal)).toMatchObject({ code: 0 });
    const refused = await withLines('one\n', 'journal', 'decrypt', journal);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('This passphrase does not open the journal.');
    expect(refused.err).toContain(journal);
    expect(await withLines('two\n', 'journal', 'decrypt', journal)).toMatchObject({ code: 0 });
    expect(readFileSync(journal).toString('latin1', 0, 15)).toBe('SQLite format 3');
    expect((await outsample(...link(), '--ledger', journal)).out).toBe(first.out);
  });

  it.each([
    ['no terminal to ask in', () => outsample('journal', 'encrypt', journal), 'no terminal'],
    ['an empty line', () => withLines('\n', 'journal', 'encrypt', journal), 'is empty'],
    ['no further line', () => withLines('', 'journal', 'rekey', journal), 'is not encrypted'],
    [
      'no text',
      () => withLines('x'.repeat(30_000), 'journal', 'encrypt', journal),
      'more than two',
    ],
    ['two names', () => outsample(...link(), '--journal', 'a', '--ledger', 'b'), 'two names'],
    [
      'a descriptor that is not open',
      () => outsample('journal', 'encrypt', journal, '--passphrase-fd', '999'),
      'cannot be read',
    ],
  ])('is refused with %s, in words', async (_, attempt, words) => {
    const { code, err } = await attempt();
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toContain('xxxx');
  });

  it('that is locked is refused before the work, and left as it is', async () => {
    await withLines('one\n', 'journal', 'encrypt', journal);
    const before = readFileSync(journal);
    const { code, err } = await outsample(...link(), '--journal', journal);
    expect(code).toBe(2);
    expect(err).toContain('--passphrase-fd');
    expect(err).not.toContain('progress');
    expect(await withLines('one\n', 'journal', 'encrypt', journal)).toMatchObject({ code: 2 });
    expect(readFileSync(journal)).toEqual(before);
  });
});
