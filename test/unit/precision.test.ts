/** Volume and attention of many decimals, and of many digits, through the whole lab. */
import { csvParse } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { FileRole, InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';

const lab = createLab(startNodeEngine);
const quiet = (): void => undefined;
const days = Array.from({ length: 80 }, (_, i) => isoFromDay(18_262 + i));
const varied = days.map((_, i) => 1 + ((i * 37) % 11) + ((i * 13) % 7) / 8);

const file = (name: string, lines: readonly string[], role: FileRole): InputFile => ({
  name,
  content: new Blob([lines.join('\n')]),
  role,
});

/** A run on a flat price with these volumes and attention, a value a day. */
async function ran(volume: (string | number)[], attention: (string | number)[]) {
  const bars = days.map((day, i) => `${day},10,11,9,${10 + (i % 2)},${volume[i]!}`);
  const crowd = days.map((day, i) => `${day},${attention[i]!}`);
  unwrap(
    await lab.importFiles(
      [
        file('A.csv', ['date,open,high,low,close,volume', ...bars], 'bars'),
        file('A.csv', ['date,value', ...crowd], 'attention'),
      ],
      quiet,
    ),
  );
  const entry = 'zscore(volume, 20) > 1 AND zscore(attention, 20) > -9';
  const study = { strategy: { id: 'custom', parameters: { entry, exit: '', score: '' } } };
  const run = unwrap(await lab.run(study, quiet));
  const csv = await textOf(unwrap(await lab.exportRun('features.csv', quiet)).content);
  const rows = csvParse(csv);
  const column = (name: string) => rows.map((row) => Number(row[name] || NaN));
  return {
    notes: run.notes
      .map(({ text }) => text)
      .filter((text) => /^(Volume|Attention) .*(kept|rounded) to/.test(text)),
    volume: column('zscore(volume, 20)'),
    attention: column('zscore(attention, 20)'),
  };
}

function expectScores(found: number[], values: number[], lag: number): void {
  for (let i = 20 + lag; i < days.length; i++) {
    const window = values.slice(i - lag - 19, i - lag + 1);
    const mean = window.reduce((a, b) => a + b) / 20;
    const deviation = Math.sqrt(window.reduce((a, b) => a + (b - mean) * (b - mean), 0) / 19);
    expect(found[i]).toBeCloseTo((values[i - lag]! - mean) / deviation, 9);
  }
}

describe('decimals of volume and attention', () => {
  it.each([
    ['as asked for', 1000, 1, []],
    ['seven of attention', 1, 0.0433333, [expect.stringContaining('Attention is kept to 1')]],
    [
      'values near a millionth',
      1e-4,
      1e-6,
      [
        expect.stringContaining('Volume is kept to 7'),
        expect.stringContaining('Attention is kept to 9'),
      ],
    ],
    ['volumes of 1e13', 1e13, 1000, [expect.stringContaining('its values are too large for more')]],
  ] as const)('%s: z-scores are those of the values', async (_, ofVolume, ofAttention, notes) => {
    const volume = varied.map((value) => Number((value * ofVolume).toPrecision(12)));
    const attention = varied.map((value) => Number((value * ofAttention).toPrecision(12)));
    const run = await ran(volume, attention);
    expectScores(run.volume, volume, 0);
    expectScores(run.attention, attention, 1);
    expect(run.notes).toEqual(notes);
  });

  it('says how many values of which symbol are rounded where exact sums hold no more', async () => {
    const attention = varied.map((value, i) => (i === 40 ? 1e11 : value / 1e7));
    const { notes } = await ran(varied, attention);
    expect(notes).toEqual([
      'Attention of A (78 values) is rounded to 6 decimals: exact sums hold no more beside its largest values. Its z-scores follow what is left.',
    ]);
  });

  it('follows all data, so that a replay of the past keeps every bit', async () => {
    // The decimals come last: a past by itself would ask for fewer.
    const late = varied.map((value, i) => (i < 60 ? Math.round(value) : value / 1e5));
    await ran(late, late);
    const report = unwrap(await lab.lookAhead(quiet));
    expect(report).toMatchObject({ clean: true });
  });

  it('names file, line and column where not even whole numbers fit', async () => {
    const volume = varied.map((value, i) => (i === 7 ? 5e19 : value));
    await expect(ran(volume, varied)).rejects.toMatchObject({
      data: {
        problem: expect.stringContaining('Some volumes are too large') as string,
        remedy: expect.stringContaining('in a larger unit') as string,
        place: { file: 'A.csv', line: 9, column: 'volume' },
      },
    });
  });
});
