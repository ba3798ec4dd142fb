/** What is no file, or far too much of one, is refused before it is read: nothing here may hang. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const study = write('study.json', '{}');
describe.runIf(existsSync('/dev/zero') && existsSync('/proc'))('what is no file', () => {
  const fifo = join(folder, 'pipe');
  execFileSync('/usr/bin/env', ['mkfifo', fifo]);

  it.each(['/dev/zero', fifo])('%s is refused wherever a file is named', async (path) => {
    const calls = [
      ['run', path],
      ['run', study, '--data', path],
      ['run', study, '--macro', path],
      ['verify', path],
      ['audit', study, '--no-search', '--ledger', path],
      ['report', study, '--out', path],
      ['metrics', study, '--out', path],
      ['link', study, '--file', path],
    ];
    for (const call of calls) {
      const { code, out, err } = await outsample(...call);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('This is a folder, a device, a pipe or a socket, and no file.');
      expect(err).toContain(path);
    }
  });

  it('is no folder to write to, nor is one that no file system makes', async () => {
    for (const path of ['/proc/x', '/proc/x/y', '/dev/null/x', write('file', '')]) {
      const { code, err } = await outsample('run', study, '--out', path);
      expect([path, code]).toEqual([path, 2]);
      expect(err).toContain('This folder cannot be made');
    }
  });
});

describe('what is too much', () => {
  it.each([
    ['a study of 2 MB', `{"name":"${'x'.repeat(2_000_000)}"}`, 'more than 1000000 bytes'],
    ['lists 5,000 deep', `{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'at most 16 deep'],
    ['a long value', `{"size":{"units":"${'x'.repeat(900_000)}"}}`, 'a number above 0'],
    ['a long name of a setting', `{"${'x'.repeat(900_000)}":1}`, 'no such setting'],
    [
      'a long name of a strategy',
      `{"strategy":{"id":"${'x'.repeat(900_000)}"}}`,
      'no such strategy',
    ],
    ['no JSON', 'x'.repeat(900_000), 'not JSON'],
  ])('is refused in a few lines: %s', async (_, text, says) => {
    const { code, err } = await outsample('run', write('large.json', text));
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err.length).toBeLessThan(3000);
  });

  it('is refused in a few lines on the command line, too', async () => {
    for (const call of [
      ['run', study, '--costs', 'x'.repeat(100_000)],
      ['run', study, `--${'x'.repeat(100_000)}`],
      ['x'.repeat(100_000)],
      ['example', 'x'.repeat(100_000)],
      ['search', study, '--vary', `${'x'.repeat(100_000)}=1,2`],
      ['verify', 'x'.repeat(100_000)],
    ]) {
      const { code, err } = await outsample(...call);
      expect(code).toBe(2);
      expect(err.length).toBeLessThan(6000);
    }
  });
});
