/** A run and a preview say on how many bars a condition was unknown, and no such bar trades. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay, weekday } from '../../src/domain/calendar.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const over = 'OVER (PARTITION BY symbol ORDER BY date ROWS 19 PRECEDING)';
const quiet = (): void => undefined;

/** A hundred weekdays of a wavy price; the volume is 1,000, and 0 on bars 40 to 43. */
const lines = Array.from({ length: 140 }, (_, i) => 18_000 + i)
  .filter((day) => weekday(day) < 5)
  .slice(0, 100)
  .map((day, i) => {
    const close = 100 + 10 * Math.sin(i / 3);
    const volume = i >= 40 && i < 44 ? 0 : 1000;
    return `${isoFromDay(day)},${close},${close + 1},${close - 1},${close},${volume}`;
  });

let lab: LabService;
beforeAll(async () => {
  lab = createLab(startNodeEngine);
  const content = new Blob([['date,open,high,low,close,volume', ...lines].join('\n')]);
  unwrap(await lab.importFiles([{ name: 'WAVE.csv', content, role: 'bars' }], quiet));
});

async function asked(parameters: Record<string, string>) {
  const study = {
    strategy: { id: 'custom', parameters: { exit: '', score: '', ...parameters } },
    exits: { longestHolding: 2 },
  };
  const { trades, notes } = unwrap(await lab.run(study, quiet));
  const preview = unwrap(await lab.preview(study, quiet));
  const said = notes.map(({ text }) => text).filter((text) => text.includes('unknown'));
  return { trades: trades.length, said, preview };
}

describe('unknown beyond the warm-up', () => {
  it('a correlation with what does not vary never enters', async () => {
    const { trades, said, preview } = await asked({ entry: `corr(close, bar * 0) ${over} > 0.5` });
    expect(trades).toBe(0);
    expect(said).toEqual([
      'Entry was unknown on 81 bars beyond its warm-up (of 100 in all): no entry there.',
    ]);
    expect(preview.entry).toMatchObject({ count: 0, unknown: 81 });
  });

  it('nor does a slope over one place, turned round or not', async () => {
    for (const entry of [
      `regr_slope(close, 1) ${over} > 0`,
      `NOT regr_slope(close, 1) ${over} > 0`,
    ])
      expect(await asked({ entry })).toMatchObject({ trades: 0, preview: { entry: { count: 0 } } });
  });

  it('0 ÷ 0 is unknown, in an exit too; the warm-up of prev() is none of it', async () => {
    const entry = await asked({ entry: 'volume / prev(volume) > 3' });
    expect(entry).toMatchObject({ trades: 0, preview: { entry: { unknown: 4 } } });
    const { said } = await asked({ entry: 'bar = 3', exit: 'volume / prev(volume) > 3' });
    expect(said).toEqual([
      'Exit was unknown on 4 bars beyond its warm-up (of 100 in all): it ends nothing there.',
    ]);
  });

  it('an unknown side is neither long nor short; an unknown size is none; an unknown score is last', async () => {
    const { trades, said, preview } = await asked({ entry: 'bar > 40', side: 'volume / volume' });
    expect(trades).toBeGreaterThan(0);
    expect(said).toEqual(['Side was unknown on 3 bars that would enter: no entry there.']);
    expect(preview.long).toMatchObject({ count: 56, unknown: 3 });
    expect(await asked({ entry: 'bar > 40', side: '0 / 0' })).toMatchObject({ trades: 0 });
    expect(await asked({ entry: 'bar = 50', sizeFactor: '1 / 0' })).toMatchObject({
      trades: 0,
      said: ['Size factor was unknown on 1 bar that would enter: no position there.'],
    });
    const scored = await asked({ entry: 'bar = 50', score: '0 / 0' });
    expect(scored).toMatchObject({
      trades: 1,
      said: ['Score was unknown on 1 bar that would enter: they are served last.'],
      preview: { score: { count: 0, unknown: 100, min: null } },
    });
  });

  it('is not what a look back alone leaves unknown', async () => {
    const entry =
      'close > sma(20) AND rsi(14) < 90 AND zscore(atr, 10) < 9 AND prev(return(5), 2) < 1';
    const { said, preview } = await asked({
      entry: `${entry} AND momentum(30, 5) < 9 AND stddev_samp(close) ${over} > 0`,
      score:
        'ema(12) - ema(26) + highest(9) - prev(lag(close, 3) OVER (PARTITION BY symbol ORDER BY date))',
    });
    expect(said).toEqual([]);
    expect(preview.entry).toMatchObject({ unknown: 0 });
  });
});
