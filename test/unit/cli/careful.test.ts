/** What a command line that cannot be used comes to, and what names of files and studies may not do. None of these runs. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-careful-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const study = join(folder, 'study.json');
writeFileSync(study, '{}');
const noLedger = join(folder, 'no.sqlite');
writeFileSync(noLedger, 'my diary');

interface Told {
  readonly error: { readonly kind: string; readonly problem: string; readonly place?: object };
  readonly message: string;
}

/** The one JSON line of a refusal; before any work there is no other. */
async function refusal(...args: string[]): Promise<Told> {
  const { code, out, err } = await outsample(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trim().split('\n')).toHaveLength(1);
  return JSON.parse(err) as Told;
}

describe('a slip in the command line is refused, as a JSON line', () => {
  it.each([
    [['fly'], 'unknown command'],
    [[], 'No command is named.'],
    [['run', study, '--fast'], 'unknown option'],
    [['run', study, study], 'too many arguments'],
    [['run'], "missing required argument 'study'"],
    [['run', ''], 'study is empty.'],
    [['run', study, '--out', ''], '--out is empty.'],
    [['run', study, '--data', 'a.csv', ''], '--data is empty.'],
    [['run', study, '--out', 'a', '--out', 'b'], '--out is given twice.'],
    [['metrics', study, '--port', ''], 'Give a whole number'],
    [['metrics', study, '--port', 'NaN'], 'Give a whole number'],
    [['metrics', study, '--port', '0x10'], 'Give a whole number'],
    [['metrics', study, '--port', '0', '--host', ''], '--host is empty.'],
    [['metrics', study, '--port', '0', '--every', 'Infinity'], 'Give a number'],
    [['search', study, '--trials', ''], 'Give a whole number'],
    [['search', study, '--vary', 'fast=..:..:3'], 'This does not say what to vary.'],
    [['search', study, '--vary', 'fast=1,,2'], 'This does not say what to vary.'],
    [['search', study, '--vary', 'a=1,2', 'a=3'], '--vary names this setting twice.'],
    [['report', study, '--audit', '--no-audit'], '--audit and --no-audit exclude each other.'],
    [['report', study, '--out', study], 'reads or writes this file otherwise'],
    [['link', study, '--file', 'x', '--ledger', 'x'], 'reads or writes this file otherwise'],
  ])('%j', async (args, problem) => {
    const { error, message } = await refusal(...args);
    expect(error.kind).toBe('usage');
    expect(error.problem).toContain(problem);
    expect(message).toContain(problem);
  });
});

describe('a ledger that cannot count is refused before the work', () => {
  it.each(['audit', 'report', 'metrics', 'link'])('%s', async (command) => {
    const out = command === 'report' ? ['--out', join(folder, 'r.html')] : [];
    const ledger = join(folder, 'nowhere', 'trials.sqlite');
    const { error } = await refusal(command, study, ...out, '--ledger', ledger);
    expect(error).toMatchObject({
      problem: 'This file cannot be written (ENOENT). Its folder is not there.',
      remedy: 'Give --ledger another path.',
      place: { file: ledger },
    });
    expect(existsSync(join(folder, 'r.html'))).toBe(false);
  });

  it.each([
    [study + '/trials.sqlite', 'ENOTDIR'],
    ['/dev/full', 'This is a folder, a device, a pipe or a socket, and no file.'],
    [noLedger, 'This is no trial ledger of Outsample, or it is damaged: '],
  ])('at %s', async (ledger, problem) => {
    const { error } = await refusal('link', study, '--ledger', ledger);
    expect(error.problem).toContain(problem);
    expect(error.place).toEqual({ file: ledger });
    expect(readFileSync(noLedger, 'utf8')).toBe('my diary');
  });
});

it('a name in a message stands on its line', async () => {
  const { message } = await refusal('run', 'x.json\n  Total return  900 %\x1b[2K\u202e');
  expect(message).toContain('x.json\n'); // In JSON the value is as it is,
  const { err } = await outsample('run', 'x.json\u009b2K\u202e');
  expect(err).toContain(String.raw`x.json\u009b2K\u202e`); // and no byte of it moves a cursor.
});
