/** `outsample check`, from its arguments to what it prints. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { utf8, zip } from '../../sql/containers.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-check-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Semicolons, decimal commas and a column of no use; the second row stands twice. */
const german = [
  'Datum;Eröffnung;Hoch;Tief;Schluss;Notiz',
  '02.01.2020;10,5;12;9,5;11;x',
  '13.01.2020;11;13;10;12,5;y',
  '13.01.2020;11;13;10;12,5;y',
].join('\n');

interface Checked {
  readonly fingerprint: string;
  readonly bars: number;
  readonly files: readonly { readonly unused: readonly string[] }[];
  readonly findings: readonly { readonly date: string | null; readonly remedy: string }[];
  readonly map: Readonly<Record<string, object>>;
}
async function checked(...args: string[]): Promise<Checked> {
  const { code, out, err } = await outsample('check', ...args, '--json');
  expect(err).not.toContain('"error"');
  expect(code).toBe(0);
  return JSON.parse(out) as Checked;
}

test('says how a file was understood, and what stands out', async () => {
  const { code, out } = await outsample('check', write('SAP.csv', german));
  expect(code).toBe(0);
  expect(out).toMatch(/^1 symbol, 2 bars, 2020-01-02 to 2020-01-13\n/);
  expect(out).toMatch(/delimiter +semicolon/);
  expect(out).toMatch(/decimal sign +comma/);
  expect(out).toMatch(/columns +Datum → date, Eröffnung → open, Hoch → high, Tief → low/);
  expect(out).toMatch(/not used +Notiz/);
  expect(out).toMatch(/^SYMBOLS\n/m);
  expect(out).toMatch(/^FINDINGS\n/m);
  expect(out).not.toMatch(/NaN|undefined|\[object/);
});

test('says the same as JSON, with what to do about each finding', async () => {
  const { bars, files, findings } = await checked(write('SAP.csv', german));
  expect(bars).toBe(2);
  expect(files[0]!.unused).toEqual(['Notiz']);
  expect(findings).toContainEqual(
    expect.objectContaining({ kind: 'duplicate', date: '2020-01-13' }),
  );
  for (const { remedy } of findings) expect(remedy).toMatch(/\.$/);
});

test('its map, given back, reads the files to the same fingerprint', async () => {
  const path = write('SAP.csv', german);
  const { fingerprint, map } = await checked(path);
  expect(Object.keys(map)).toEqual(['SAP.csv']);
  const told = write('map.json', JSON.stringify(map));
  expect((await checked(path, '--map', told)).fingerprint).toBe(fingerprint);

  const { out } = await outsample('check', path);
  const [, printed = ''] = out.split('MAP (for --map)\n');
  const copied = write('copied.json', printed);
  expect((await checked(path, '--map', copied)).fingerprint).toBe(fingerprint);
});

test('takes a zip as what is in it', async () => {
  const plain = await checked(write('SAP.csv', german));
  const packed = write('all.zip', await zip({ 'SAP.csv': utf8(german) }));
  expect((await checked(packed)).fingerprint).toBe(plain.fingerprint);
});

test('a file that cannot be read is refused at its place, with code 2', async () => {
  const path = write('bad.csv', german.replace('12,5;y', 'twelve;y'));
  const { code, out, err } = await outsample('check', path);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const lines = err.trim().split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({
    error: {
      kind: 'import',
      problem: 'This is not a price.',
      place: { file: path, line: 3, column: 'Schluss', value: 'twelve' },
    },
  });
});

test('no file is a matter of usage', async () => {
  const { code, err } = await outsample('check');
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({
    error: { kind: 'usage', problem: 'No file is named.' },
  });
});
