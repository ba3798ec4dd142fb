import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../src/wire/errors.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

/** Synthetic bars of five minutes, and the hours that they make. */
const [hours, minutes] = ['hours.csv', 'minutes.csv'].map((name) =>
  readFileSync(`test/golden/detail/${name}`, 'utf8'),
) as [string, string];
const file = (name: string, text: string, more: Partial<InputFile> = {}): InputFile => ({
  name,
  content: new Blob([text]),
  exchange: 'none',
  ...more,
});
const study = {
  outsample: 1,
  strategy: { id: 'custom', parameters: { entry: 'close < sma(5)', exit: '', score: '' } },
  exits: { unit: 'ratio', stop: 0.004, target: 0.004, trailing: 'off' },
  execution: { maximumParticipation: null },
};
const lab = createLab(startNodeEngine);
const quiet = (): void => undefined;
const given = [file('HOURS.csv', hours), file('MINUTES.csv', minutes, { role: 'detail' })];

describe('finer bars beside the bars', () => {
  beforeAll(async () => {
    unwrap(await lab.importFiles(given, quiet));
  });

  it('are files of their own, and part of the fingerprint', async () => {
    const summary = unwrap(await lab.importFiles(given, quiet));
    expect(summary.files.map(({ role, rows }) => [role, rows])).toEqual([
      ['bars', 500],
      ['detail', 6000],
    ]);
    expect(summary.given).toEqual([0, 1]);
    expect(summary.bars).toBe(500);
    const swapped = unwrap(await lab.importFiles(given.toReversed(), quiet));
    expect(swapped.fingerprint).toBe(summary.fingerprint);
    expect(swapped.given).toEqual([1, 0]);
    const alone = unwrap(await lab.importFiles([given[0]!], quiet));
    expect(alone.fingerprint).not.toBe(summary.fingerprint);
  });

  it('decide what one bar leaves open; a link knows them', async () => {
    unwrap(await lab.importFiles(given, quiet));
    const walked = unwrap(await lab.run(study, quiet));
    const { ambiguous, resolved } = walked.inside!;
    expect(ambiguous).toBeGreaterThan(50);
    // The others touch stop and target within five minutes.
    expect(resolved).toBeGreaterThan(0.9 * ambiguous);
    expect(walked.ambiguity?.trades ?? 0).toBe(ambiguous - resolved);
    const tables = unwrap(await lab.evidence()).data.tables;
    expect(tables).toHaveLength(6 * 4);
    const unwalked = unwrap(await lab.run({ ...study, bars: { finer: false } }, quiet));
    expect(unwalked.ambiguity!.trades).toBeGreaterThan(50);
    expect(unwalked.inside).toBeUndefined();
  });

  it('are no look-ahead, beside the bars or in longer ones', { timeout: 180_000 }, async () => {
    const few = (text: string, rows: number) =>
      text
        .split('\n')
        .slice(0, rows + 1)
        .join('\n');
    const [coarse, fine] = [few(hours, 24), few(minutes, 288)];
    const beside = [file('HOURS.csv', coarse), file('MINUTES.csv', fine, { role: 'detail' })];
    unwrap(await lab.importFiles(beside, quiet));
    expect(unwrap(await lab.run(study, quiet)).inside!.resolved).toBeGreaterThan(2);
    expect(unwrap(await lab.lookAhead(quiet)).clean).toBe(true);
    unwrap(await lab.importFiles([file('MINUTES.csv', fine)], quiet));
    const made = unwrap(await lab.run({ ...study, bars: { every: '1h' } }, quiet));
    expect(made.inside!.resolved).toBeGreaterThan(2);
    expect(unwrap(await lab.lookAhead(quiet)).clean).toBe(true);
  });

  it('of other prices, other symbols or dates alone are told, refused or left out', async () => {
    const doubled = minutes.replaceAll(',AAA,', ',BBB,');
    const apart = unwrap(
      await lab.importFiles([given[0]!, file('B.csv', doubled, { role: 'detail' })], quiet),
    );
    expect(apart.notes.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Finer bars lie inside 0 of 500 bars'),
        'Finer bars of symbols without bars are left out: BBB.',
      ]),
    );
    const gaps = minutes
      .split('\n')
      .filter((_, line) => line % 7 !== 3)
      .join('\n');
    const left = unwrap(
      await lab.importFiles([given[0]!, file('G.csv', gaps, { role: 'detail' })], quiet),
    );
    expect(left.notes.at(-1)!.text).toMatch(/do not come to its high and low.*AAA on 2024-01-01/);
    const daily = 'date,open,high,low,close\n2024-01-01,1,1,1,1\n2024-01-02,1,1,1,1\n';
    const refused = await lab.importFiles(
      [given[0]!, file('D.csv', daily, { role: 'detail' })],
      quiet,
    );
    expect(refused).toMatchObject({ ok: false, error: { place: { file: 'D.csv', given: 1 } } });
    // What was there stays.
    expect(unwrap(await lab.run(study, quiet)).fingerprint).toBe(left.fingerprint);
  });

  it('dropped with the bars are told to be finer ones, whichever comes first', async () => {
    for (const files of [
      [file('HOURS.csv', hours), file('MINUTES.csv', minutes)],
      [file('MINUTES.csv', minutes), file('HOURS.csv', hours)],
    ]) {
      const refused = await lab.importFiles(files, quiet);
      if (refused.ok) throw new Error('It was imported.');
      expect(refused.error.place?.file).toBe('MINUTES.csv');
      const place = files.findIndex(({ name }) => name === 'MINUTES.csv');
      expect(refused.error.fixes).toEqual([
        { label: 'They are finer bars of the others', reading: { role: 'detail' }, files: [place] },
      ]);
    }
  });

  it('are looked at before the import as bars are', async () => {
    const [, looked] = unwrap(await lab.understand(given, quiet));
    expect(looked).toMatchObject({ role: 'detail', error: null, timed: { seconds: 300 } });
  });
});
