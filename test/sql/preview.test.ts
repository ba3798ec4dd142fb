/** What a custom strategy's expressions say, counted before any trade. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { type Study, completeStudy } from '../../src/domain/study/study.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { previewStudy } from '../../workers/services/preview.ts';
import { factsOf, loadBars, sp500 } from './lab.ts';

describe('a preview', () => {
  const bars = sp500();
  const [from, to] = [bars[0]?.day ?? 0, bars.at(-1)?.day ?? 0];
  const dataset = { summary: { facts: factsOf(['SP500']), from, to } } as unknown as Dataset;
  let engine: Engine;
  let tables: FeatureTables;
  beforeAll(async () => {
    engine = await startNodeEngine();
    tables = loadBars(engine, bars);
  });
  const preview = (parameters: Record<string, string>, range: Partial<Study['range']> = {}) =>
    previewStudy(completeStudy({ strategy: { id: 'custom', parameters }, range }), {
      engine,
      tables,
      dataset,
    });

  it('counts by year, within the study’s range', async () => {
    const { entry, exit, long, short, score } = await preview(
      { entry: 'close > open', exit: '', side: '-1', score: 'prev(close)' },
      { from: '2001-01-01', to: '2002-12-31' },
    );
    const inRange = bars.filter(({ day }) =>
      ['2001', '2002'].includes(isoFromDay(day).slice(0, 4)),
    );
    const up = inRange.filter(({ close, open }) => close > open);
    expect(entry).toMatchObject({ count: up.length, of: inRange.length });
    expect(short).toMatchObject({ count: up.length });
    expect(long).toMatchObject({ count: 0 });
    expect(exit).toMatchObject({ count: 0, years: [{ year: 2001 }, { year: 2002 }] });
    const sorted = bars
      .slice(bars.indexOf(inRange[0]!) - 1, bars.indexOf(inRange.at(-1)!))
      .map(({ close }) => close)
      .sort((a, b) => a - b);
    expect(score).toMatchObject({ count: inRange.length, min: sorted[0], max: sorted.at(-1) });
  });

  it('says how many bars have a score, and nothing of its spread where none has', async () => {
    const warming = await preview({ score: 'sma(200)' });
    expect(warming.score).toMatchObject({ count: 5105 - 199, of: 5105 });
    const silent = await preview({ score: 'nullif(close, close)' });
    expect(silent.score).toMatchObject({ count: 0, min: null, median: null, max: null });
  });

  it('one faulty expression leaves the others standing', async () => {
    const { entry, exit } = await preview({ entry: 'sqrt(-close) > 1', exit: 'close > 2000' });
    expect(entry).toMatchObject({ fault: { place: { path: '/strategy/parameters/entry' } } });
    expect(exit).toMatchObject({ of: 5105 });
  });
});
