import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReportOptions } from '../../../src/cli/options.ts';
import { reportCommand } from '../../../src/cli/report.ts';
import { sha256Hex } from '../../../src/domain/digest.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-'));
const study = join(folder, 'study.json');
const out = join(folder, 'report.html');
const common = {
  data: ['datasets/us-indices-2014-2018/bars.csv'],
  out,
  link: true,
  audit: false,
} as const satisfies ReportOptions;
beforeAll(() => {
  writeFileSync(study, JSON.stringify({ name: 'Cross', strategy: { id: 'moving-average-cross' } }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What it prints; its sentences and progress are not of interest. */
async function printed(options: ReportOptions, path = study): Promise<string> {
  let text = '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true),
  ];
  try {
    await reportCommand(path, options);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return text;
}

describe('outsample report', () => {
  it('writes the file that it gives the digest of, the same to standard output', async () => {
    const said = JSON.parse(await printed({ ...common, json: true })) as Record<string, unknown>;
    const bytes = readFileSync(out);
    expect(said).toMatchObject({
      file: out,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      verdict: { level: 'red' },
    });
    expect(await printed({ ...common, out: '-' })).toBe(bytes.toString('utf8'));
  });

  it('puts the link in, after the address of a page, or leaves it out', async () => {
    expect(readFileSync(out, 'utf8')).toMatch(/<code>#s1\.[\w-]+<\/code>/);
    const page = 'https://example.org/lab/#old';
    expect(await printed({ ...common, page })).toBe(
      'Cross: Do not trust this result as it stands: few trades.\n',
    );
    expect(readFileSync(out, 'utf8')).toMatch(/href="https:\/\/example\.org\/lab\/#s1\.[\w-]+"/);
    await printed({ ...common, link: false });
    expect(readFileSync(out, 'utf8')).not.toContain('#s1.');
  });

  it('leaves the link out where the study’s name would give a password away', async () => {
    const named = join(folder, 'named.json');
    const name = 'From https://me:secret@example.org/';
    writeFileSync(named, JSON.stringify({ name, strategy: { id: 'buy-and-hold' } }));
    await printed(common, named);
    expect(readFileSync(out, 'utf8')).not.toContain('#s1.');
  });

  it('refuses a place that cannot be written before it computes anything', async () => {
    await expect(
      printed({ ...common, out: join(folder, 'nowhere', 'report.html') }),
    ).rejects.toMatchObject({ data: { kind: 'usage', remedy: 'Give --out another path.' } });
  });
});
