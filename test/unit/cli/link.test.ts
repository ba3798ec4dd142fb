import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../../src/domain/link/codec.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-link-'));
const bars = 'datasets/sp500-2000-2020/SP500.csv';
const lines = readFileSync(bars, 'utf8').split('\n');
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const study = write('study.json', '{"name": "Cross", "strategy": {"id": "moving-average-cross"}}');
const own = write('mine.csv', lines.slice(0, 400).join('\n'));
/** A link to a run on data of one's own. */
let link = '';

beforeAll(async () => {
  const page = 'https://example.org/lab/#old';
  const options = ['--page', page, '--note', 'Why so few trades?', '--no-names'];
  link = (await outsample('link', study, '--data', own, ...options)).out.trim();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('outsample link', () => {
  it('prints the page’s address with all that a stranger needs, and no name of a file', () => {
    expect(link).toMatch(/^https:\/\/example\.org\/lab\/#s1\.[\w-]+$/);
    expect(link.length).toBeLessThanOrEqual(1900);
    const payload = decodeLink(link);
    expect(payload.notes).toEqual([{ at: '/', text: 'Why so few trades?' }]);
    expect(payload.data.files).toMatchObject([{ role: 'bars', rows: 399 }]);
    expect(payload.data.files[0]).not.toHaveProperty('name');
  });

  it.each(['link', 'report'])(
    '%s refuses a page whose address holds a password or a token',
    async (command) => {
      for (const page of ['https://me:hunter2@example.org/', 'https://example.org/?token=abc123']) {
        const out = command === 'report' ? ['--out', join(folder, 'r.html')] : [];
        const { code, err } = await outsample(
          command,
          study,
          '--data',
          own,
          '--page',
          page,
          ...out,
        );
        expect(code).toBe(2);
        expect(err).toContain('the page’s address holds an address with a key or password');
        expect(err).not.toMatch(/hunter2|abc123/);
      }
    },
  );

  it('shows the payload with --json, and says what goes on as JSON lines', async () => {
    const { code, out, err } = await outsample('link', study, '--data', own, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      data: { files: [{ name: 'mine.csv' }] },
      results: decodeLink(link).results,
    });
    const said = err.trim().split('\n');
    expect(said.map((line) => Object.keys(JSON.parse(line) as object)[0])).toContain('progress');
  });
});

describe('outsample verify', () => {
  it('exits with 0 where every bit is the same', async () => {
    const { code, out } = await outsample('verify', link, '--data', own);
    expect(code).toBe(0);
    expect(out).toMatch(/^Exact: Cross\n/);
    expect(out).toContain('Note: Why so few trades?');
  });

  it('takes an .outsample file, and data under another name', async () => {
    const file = join(folder, 'run.outsample');
    expect((await outsample('link', study, '--data', own, '--file', file)).code).toBe(0);
    const renamed = write('mine (1).csv', readFileSync(own, 'utf8'));
    expect(await outsample('verify', file, '--data', renamed)).toMatchObject({ code: 0 });
  });

  it('exits with 3 where the data are the same and the result is not', async () => {
    const payload = decodeLink(link);
    const results = { ...payload.results, metrics: payload.results.trades };
    const text = write('link.txt', `#${encodeLink({ ...payload, results })}\n`);
    const { code, out } = await outsample('verify', text, '--data', own);
    expect(code).toBe(3);
    expect(out).toContain('Same data, different result: Cross');
    expect(out).toContain('Trades and equity are the same; only metrics differ.');
  });

  it('exits with 4 where the data differ, and names symbols and years', async () => {
    const changed = lines.with(10, lines[10]!.replace(/\d+\r?$/, '1')).slice(0, 400);
    mkdirSync(join(folder, 'other'));
    const data = write('other/mine.csv', changed.join('\n'));
    const { code, out } = await outsample('verify', link, '--data', data, '--json');
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'different-data',
      data: { bars: { symbols: [{ symbol: 'mine', years: [2000] }] } },
    });
  });

  it('needs no file for a dataset that ships, and says which ones it wants otherwise', async () => {
    const shipped = (await outsample('link', study, '--data', bars)).out.trim();
    expect(await outsample('verify', shipped)).toMatchObject({ code: 0 });
    const { code, err } = await outsample('verify', link);
    expect(code).toBe(2);
    expect(JSON.parse(err.trim())).toMatchObject({
      error: { problem: 'The link’s data do not ship with Outsample.' },
    });
  });

  it.each([
    ['#s1.@@@', 2],
    ['#s9.abc', 2],
    [join(folder, 'none.outsample'), 2],
  ])('refuses %s', async (given, expected) => {
    const { code, out, err } = await outsample('verify', given, '--data', own);
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).not.toMatch(/NaN|undefined|\[object|Something broke/);
  });
});
