import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { LogLine } from '../../../src/wire/log/line.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());
const path = (name: string): string => join(folder, name);
writeFileSync(path('study.json'), '{}');

describe('the command’s log', () => {
  it('goes to a file on request: each phase of each call, and the study’s digest', async () => {
    const file = path('log.jsonl');
    const { code, err } = await outsample('run', path('study.json'), '--json', '--log', file);
    expect(code).toBe(0);
    expect(err).not.toContain('"log"');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const all = lines.map((line) => JSON.parse(line) as LogLine);
    expect(all[0]).toMatchObject({
      module: 'command',
      message: 'Begun',
      facts: { command: 'run' },
    });
    const done = all.find(({ message }) => message === 'run: done');
    expect(done).toMatchObject({ level: 'info', module: 'lab', ms: expect.any(Number) });
    expect(done?.facts?.['study']).toMatch(/^[\da-f]{64}$/);
    const phases = all.filter(({ run }) => run === done?.run).map(({ phase }) => phase);
    expect(phases).toEqual(
      expect.arrayContaining(['features', 'signals', 'simulation', 'results']),
    );
    const imported = all.find(({ message }) => message === 'importFiles: done');
    expect(JSON.stringify(imported?.facts?.['files'])).toContain('"role":"bars"');
  });

  it('goes to standard error by a level, as lines like the others there', async () => {
    vi.stubEnv('OUTSAMPLE_LOG', 'warning');
    const { code, err } = await outsample('run', path('nowhere.json'));
    expect(code).toBe(2);
    const [log] = err.split('\n').filter((line) => line.startsWith('{"log"'));
    expect(JSON.parse(log!)).toMatchObject({
      log: { level: 'warning', module: 'command', message: 'Failed', facts: { kind: 'usage' } },
    });
    expect((await outsample('schema', '--log-level', 'off')).err).toBe('');
  });

  it('refuses a level that there is not, and a file that is an input', async () => {
    vi.stubEnv('OUTSAMPLE_LOG', 'loud');
    expect((await outsample('schema')).err).toMatch(/OUTSAMPLE_LOG is no level of a log.*“loud”/);
    vi.unstubAllEnvs();
    const again = await outsample('run', path('study.json'), '--log', path('study.json'));
    expect(again.code).toBe(2);
    expect(readFileSync(path('study.json'), 'utf8')).toBe('{}');
    const none = await outsample('schema', '--log', path('none/log.jsonl'));
    expect(none.code).toBe(2);
    expect(none.err).toContain('none/log.jsonl');
    expect(existsSync(path('none'))).toBe(false);
  });
});
