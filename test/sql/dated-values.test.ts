/** Attention and macro values beside bars that have times: known when their date is over on the clocks that date them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay } from '../../src/domain/calendar.ts';
import { attention, feature } from '../../src/domain/features.ts';
import { dateAt, dateBegins, dateClock } from '../../src/domain/time/date-clock.ts';
import { zoneOf } from '../../src/domain/time/zones.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { auditLookAhead } from '../../workers/services/audit/look-ahead.ts';
import { float64 } from '../../workers/services/columns.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { reframed } from '../../workers/services/reframed.ts';
import { computeFeatures } from '../../workers/services/signals.ts';
import { errorOf, file, importAll } from '../unit/import/importing.ts';
import { fileOfBars, syntheticBars, written } from '../unit/import/synthetic-bars.ts';

const { signal } = new AbortController();
let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const from = dayFromIso('2024-03-04');
const dates = Array.from({ length: 14 }, (_, i) => isoFromDay(from + i));
const hours = fileOfBars(syntheticBars('CRYPTO', from, from + 13, 3600), written.utc);
const days = `date,open,high,low,close\n${dates.map((date) => `${date},9,11,8,10\n`).join('')}`;
const bars = (content = hours): InputFile =>
  file('BTC.csv', content, content === hours ? { exchange: 'CRYPTO' } : {});
/** The value of a date is its number, from 1 on. */
const macro = (said: Partial<InputFile> = {}, name = 'macro.csv', series = 'VIX'): InputFile =>
  file(
    name,
    `series,date,value\n${dates.map((date, i) => `${series},${date},${i + 1}\n`).join('')}`,
    { role: 'macro', ...said },
  );
const views = (said: Partial<InputFile> = {}): InputFile =>
  file(
    'views.csv',
    `symbol,date,value\n${dates.map((date, i) => `BTC,${date},${i + 1}\n`).join('')}`,
    { role: 'attention', ...said },
  );

/** At each bar, the newest macro and attention value that is known; 0 for none. */
async function known(dataset: Dataset) {
  const study = completeStudy({ strategy: { id: 'harvester' } });
  const tables = new FeatureTables(engine);
  const context = { engine, tables, signal };
  const { market } = await reframed(dataset, study, undefined, context);
  const plan = planOf(study.strategy, dataset.summary.facts);
  const newest = feature('macro_known', { values: { index_steps: 0, oil_steps: 0 } });
  const seen = attention(3, 7);
  await computeFeatures(study, plan, [newest, seen], context);
  const query = tables.bind(
    `SELECT coalesce(m.value, 0)::DOUBLE AS macro, coalesce(a.value, 0)::DOUBLE AS attention
     FROM bars POSITIONAL JOIN {seen} AS a LEFT JOIN {newest} AS m ON m.day = {over} AND m.step = 0
     ORDER BY bars.row`,
    { newest, seen },
  );
  const table = await engine.query(query);
  const columns = { macro: float64(table, 'macro'), attention: float64(table, 'attention') };
  tables.clear();
  return { ...columns, at: market.clock!.known };
}

it('a value of 5 March in New York is known at New York’s midnight of the 6th', async () => {
  const said = { zone: 'America/New_York' };
  const {
    macro: values,
    attention: seen,
    at,
  } = await known(await importAll(engine, [bars(), macro(said), views(said)]));
  const value = (instant: string) => {
    const row = at.indexOf(Date.parse(instant) / 1000);
    return [values[row], seen[row]];
  };
  expect(value('2024-03-06T04:00Z')).toEqual([1, 1]);
  expect(value('2024-03-06T05:00Z')).toEqual([2, 2]);
  // From 10 March on clocks there are an hour nearer to UTC.
  expect(value('2024-03-12T03:00Z')).toEqual([7, 7]);
  expect(value('2024-03-12T04:00Z')).toEqual([8, 8]);
});

it('of any zone they are those of a plain loop over its clocks', { timeout: 60_000 }, async () => {
  const zone = fc.constantFrom(
    'UTC',
    'Asia/Tokyo',
    'Europe/Berlin',
    'America/New_York',
    '-05:00',
    'Asia/Kolkata',
    'Pacific/Auckland',
  );
  await fc.assert(
    fc.asyncProperty(zone, zone, async (first, second) => {
      const dataset = await importAll(engine, [
        bars(),
        macro({ zone: first }),
        views({ zone: second }),
      ]);
      const found = await known(dataset);
      const plainly = (name: string) =>
        Array.from(found.at, (instant) => {
          const date = Math.floor((instant + zoneOf(name).offsetAt(instant)) / 86_400);
          return Math.max(0, Math.min(date - from, dates.length));
        });
      expect([...found.macro]).toEqual(plainly(first));
      expect([...found.attention]).toEqual(plainly(second));
    }),
    { seed: 5, numRuns: 8 },
  );
});

describe('the fingerprint', () => {
  const print = async (...files: InputFile[]) =>
    (await importAll(engine, files)).summary.fingerprint;

  it('covers when dates begin, where that is not UTC', async () => {
    const plain = await print(bars(), macro(), views());
    expect(await print(bars(), macro({ zone: 'UTC' }), views({ zone: 'UTC' }))).toBe(plain);
    const zoned = await print(bars(), macro({ zone: 'Asia/Tokyo' }), views());
    expect(zoned).not.toBe(plain);
    expect(await print(bars(), macro({ zone: '+09:00' }), views())).toBe(zoned);
    expect(await print(bars(), macro(), views({ zone: 'Asia/Tokyo' }))).not.toBe(plain);
  });

  it('is that of dates with bars that are dated by days', async () => {
    const zoned = await print(bars(days), macro({ zone: 'Asia/Tokyo' }), views({ zone: '-05:00' }));
    expect(zoned).toBe(await print(bars(days), macro(), views()));
  });
});

it('passes the look-ahead audit by step', async () => {
  const study = completeStudy({ strategy: { id: 'harvester' } });
  const dataset = await importAll(engine, [
    bars(),
    macro({ zone: 'Asia/Tokyo' }),
    views({ zone: 'America/New_York' }),
  ]);
  const of = await reframed(dataset, study, undefined, {
    engine,
    tables: new FeatureTables(engine),
    signal,
  });
  const report = await auditLookAhead(
    study,
    { engine, dataset: of, signal, onProgress: () => undefined },
    8,
  );
  expect(report.clean).toBe(true);
});

it('a zone that is none, and two zones of macro files, are refused at their file', async () => {
  expect(await errorOf(importAll(engine, [bars(), macro({ zone: 'Mars/Base' })]))).toMatchObject({
    problem: 'There is no such time zone.',
    place: { file: 'macro.csv', value: 'Mars/Base' },
  });
  const two = [macro({ zone: 'Asia/Tokyo' }), macro({}, 'oil.csv', 'OIL')];
  expect(await errorOf(importAll(engine, [bars(), ...two]))).toMatchObject({
    problem:
      'The dates of this file are of another zone than those of macro.csv, which are of Asia/Tokyo.',
    place: { file: 'oil.csv', value: 'UTC' },
  });
});

describe('clocks of dates', () => {
  it('are those of their zone, to the second', () => {
    const [first, last] = [Date.parse('2018-01-01') / 1000, Date.parse('2020-01-01') / 1000];
    for (const zone of [
      'America/Sao_Paulo',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ]) {
      const clock = dateClock(zone, first, last);
      fc.assert(
        fc.property(fc.integer({ min: first, max: last }), (instant) => {
          const date = Math.floor((instant + zoneOf(zone).offsetAt(instant)) / 86_400);
          expect(dateAt(clock, instant)).toBe(date);
        }),
        { seed: 3, numRuns: 200 },
      );
    }
    expect(dateAt(undefined, first - 1)).toBe(first / 86_400 - 1);
  });

  it('begin a date whose midnight is skipped an hour later', () => {
    // São Paulo's clocks went from 2018-11-03 24:00 to 2018-11-04 1:00.
    const clock = dateClock(
      'America/Sao_Paulo',
      Date.parse('2018-11-01') / 1000,
      Date.parse('2018-11-10') / 1000,
    );
    expect(dateBegins(clock, dayFromIso('2018-11-04'))).toBe(
      Date.parse('2018-11-04T03:00Z') / 1000,
    );
  });
});
