import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outputFile, outputFolder } from '../../../src/cli/outputs.ts';
import { writeWhole } from '../../../workers/engines/whole-files-node.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outsample-outputs-'));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
const place = (name: string, content?: string): string => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};
const read = (path: string): string => readFileSync(path, 'utf8');

describe('a file for results', () => {
  it('is replaced whole, with the permissions it had, also where a link leads to it', async () => {
    const path = place('report.html', 'old');
    chmodSync(path, 0o640);
    symlinkSync(path, place('latest.html'));
    const write = await outputFile(place('latest.html'), '--out');
    expect(read(path)).toBe('old'); // The check leaves it as it is.
    await write('new');
    expect(read(path)).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['latest.html', 'report.html']);
  });

  it.each([
    ['nowhere/report.html', 'ENOENT'],
    ['file/report.html', 'ENOTDIR'],
    ['folder', 'EISDIR'],
    [`${'long'.repeat(70)}.html`, 'ENAMETOOLONG'],
  ])('is refused at once at %s', async (name, code) => {
    place('file', '');
    mkdirSync(place('folder'));
    await expect(outputFile(place(name), '--file')).rejects.toMatchObject({
      data: {
        kind: 'usage',
        problem: expect.stringContaining(`This file cannot be written (${code}).`) as string,
        remedy: 'Give --file another path.',
        place: { file: place(name) },
      },
    });
  });
});

describe('a folder for results', () => {
  it('is made with those above it, and gets all of its files', async () => {
    const out = place('a/b');
    const write = await outputFolder(out, ['trades.csv']);
    await write(() => [{ name: 'trades.csv', content: 'x' }]);
    expect(readdirSync(out)).toEqual(['trades.csv']);
  });

  it('keeps every file of before where one cannot be written', async () => {
    const old = place('equity.csv', 'old');
    mkdirSync(place('trades.csv'));
    const files = ['equity.csv', 'trades.csv'].map((name) => ({
      path: place(name),
      content: 'new',
    }));
    await expect(writeWhole(files)).rejects.toThrow('It is a folder.');
    expect(read(old)).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['equity.csv', 'trades.csv']);
  });

  it.each(['/dev/null/x', '/proc/x'])('is refused at once at %s', async (out) => {
    await expect(outputFolder(out, [])).rejects.toThrow('This folder cannot be made');
  });
});
