/** The survivorship audit, on the real engine. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar.ts';
import { completeStudy, sampleStudy } from '../../src/domain/study/study.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { auditSurvivorship } from '../../workers/services/audit/survivorship.ts';
import { importDataset } from '../../workers/services/dataset.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const csv = (name: string, role: InputFile['role'], lines: readonly string[]): InputFile => ({
  name,
  content: new Blob([lines.join('\n')]),
  role: role!,
});

/** Days of 2020 and on, as many as asked for. */
const dates = (count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(2020, 0, 1) + i * 86_400_000).toISOString().slice(0, 10),
  );

/** STAYS drifts up, GOES falls and is gone after 300 days, LEFT leaves the universe but trades on. */
const price = { STAYS: 1.001, GOES: 0.997, LEFT: 1.0005 };
const bars = csv('bars.csv', 'bars', [
  'symbol,date,open,high,low,close',
  ...Object.entries(price).flatMap(([symbol, growth]) => {
    let close = 100;
    return dates(symbol === 'GOES' ? 300 : 500).map((date, i) => {
      const open = close;
      close *= growth * (i % 2 === 0 ? 1.004 : 0.9962);
      return [symbol, date, open, Math.max(open, close), Math.min(open, close), close].join(',');
    });
  }),
]);
const [gone, left] = [dates(500)[300]!, dates(500)[400]!];
const universe = csv('universe.csv', 'universe', [
  'symbol,from,to,delisting_return',
  'STAYS,2020-01-01,,',
  `GOES,2020-01-01,${gone},-0.5`,
  `LEFT,2020-01-01,${left},`,
]);
const hold = (changes: object = {}) =>
  completeStudy({
    strategy: { id: 'buy-and-hold' },
    size: { rule: 'units', units: 100 },
    costs: { commission: 0, slippage: 0, impact: null },
    ...changes,
  });

describe('the survivorship audit', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });
  const audit = async (files: readonly InputFile[], study = hold()) => {
    const dataset = await importDataset(engine, files, () => undefined);
    return auditSurvivorship(study, { engine, dataset, ...quiet });
  };

  it('measures what a list of survivors leaves out', async () => {
    const report = await audit([bars, universe]);
    expect(report).toMatchObject({ basis: 'universe', symbols: 3, suspicious: false });
    expect(report.ended).toEqual([
      {
        symbol: 'GOES',
        lastBar: dayFromIso(gone) - 1,
        delistedOn: dayFromIso(gone),
        booked: -0.5,
        source: 'universe',
        positions: 1,
      },
    ]);
    expect(report.attrition).toEqual([{ years: 1, listed: 3, ended: 1, share: 1 / 3 }]);
    const [, survivors, members] = report.reruns;
    expect(survivors).toMatchObject({ title: 'Survivors only', symbols: 2, reason: null });
    expect(members).toMatchObject({ title: 'Members at the end only', symbols: 1 });
    // The study bought GOES, which fell and was delisted at half its last close; a list of survivors hides that.
    expect(survivors!.figures!.trades).toBe(report.full.trades - 1);
    expect(survivors!.difference!.cagr).toBeGreaterThan(0.01);
    expect(survivors!.difference!.cagr).toBe(survivors!.figures!.cagr! - report.full.cagr!);
    expect(report.sentences[1]).toMatch(
      /^Survivors only \(2 symbols\), against all of them: CAGR is \d+\.\d\d percentage points higher/,
    );
  });

  it('takes the bias as it comes: shorts of what fell are missed by a list of survivors', async () => {
    const falling = { id: 'custom', parameters: { entry: 'true', exit: '', side: '-1' } };
    const exits = { stop: null, longestHolding: null };
    const report = await audit([bars, universe], hold({ strategy: falling, exits }));
    expect(report.reruns[1]!.difference!.cagr).toBeLessThan(0);
    expect(report.sentences[1]).toContain('lower');
    // Against a short, a delisting raises the price: at −100 % adverse it costs what it sold for.
    const [none, third, all] = report.stress.map(({ figures }) => figures.cagr!);
    expect(none).toBeGreaterThan(third!);
    expect(third).toBeGreaterThan(all!);
  });

  it('puts delistings under stress', async () => {
    const { stress, full, sentences } = await audit([bars, universe]);
    expect(stress.map(({ adverse }) => adverse)).toEqual([0, 0.3, 1]);
    const [none, third, all] = stress.map(({ figures }) => figures.cagr!);
    expect(none).toBeGreaterThan(third!);
    // The file's −50 % lies between.
    expect(third).toBeGreaterThan(full.cagr!);
    expect(full.cagr).toBeGreaterThan(all!);
    expect(sentences.at(-1)).toContain('against the position');
  });

  it('leads with what today’s members make when they are traded before they were chosen', async () => {
    // Each is chosen after it rose: COMES joins on day 300, and stands still from then on.
    const rising = (date: string, i: number) => {
      const close = 100 * Math.min(1 + i / 100, 4);
      return `COMES,${date},${close},${close},${close},${close}`;
    };
    const late = csv('comes.csv', 'bars', [
      'symbol,date,open,high,low,close',
      ...dates(500).map(rising),
    ]);
    const members = csv('universe.csv', 'universe', [
      'symbol,from,to,delisting_return',
      'STAYS,2020-01-01,,',
      `GOES,2020-01-01,${gone},-0.5`,
      `LEFT,2020-01-01,${left},`,
      `COMES,${dates(500)[300]!},,`,
    ]);
    const still = {
      exits: { stop: null, target: null, trailing: 'off', longestHolding: null },
      risk: { killSwitch: null },
    };
    const { reruns, full, sentences } = await audit([bars, late, members], hold(still));
    expect(reruns.map(({ bias }) => bias)).toEqual(['inclusion', 'delisting', 'membership']);
    const [naive, , atEnd] = reruns;
    expect(naive).toMatchObject({ title: 'Today’s members all along', symbols: 2, reason: null });
    // The same two symbols in their own spells miss the rise.
    expect(atEnd).toMatchObject({ title: 'Members at the end only', symbols: 2 });
    // From 100 to 400: only who knew that COMES would be a member held it then.
    expect(naive!.figures!.cagr! - atEnd!.figures!.cagr!).toBeGreaterThan(0.05);
    expect(naive!.difference!.cagr).toBe(naive!.figures!.cagr! - full.cagr!);
    expect(sentences[0]).toMatch(
      /^Today’s members all along \(2 symbols\).* That is inclusion bias/,
    );

    const early = hold({ ...still, range: { from: null, to: dates(500)[299]! } });
    const { reruns: before } = await audit([bars, late, members], early);
    // On that day GOES and LEFT are members still, and COMES is none.
    expect(before[0]).toMatchObject({ symbols: 3 });
    // Less than a year has no growth a year.
    expect(before[0]!.difference).toMatchObject({ cagr: null, maxDrawdown: 0 });
  });

  it('has nothing to compare where all are members all along', async () => {
    const all = csv('universe.csv', 'universe', [
      'symbol,from,to',
      ...Object.keys(price).map((symbol) => `${symbol},2019-01-01,`),
    ]);
    const { reruns } = await audit([bars, all]);
    expect(reruns[0]).toMatchObject({ bias: 'inclusion', figures: null });
    expect(reruns[0]!.reason).toContain('members all along');
  });

  it('without a universe says what bars can say', async () => {
    const report = await audit([bars]);
    expect(report).toMatchObject({ basis: 'bars', stress: [] });
    expect(report.ended).toMatchObject([{ symbol: 'GOES', delistedOn: null, booked: null }]);
    expect(report.reruns).toHaveLength(1);
    expect(report.reruns[0]!.difference!.cagr).not.toBeNull();
    expect(report.sentences.join(' ')).toContain('no universe file');
  });

  it('flags years of data in which nothing ended, and names its source', async () => {
    const files = ['bars', 'macro'].map((role) => ({
      name: `${role}.csv`,
      content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
    }));
    const report = await audit(files, sampleStudy());
    expect(report).toMatchObject({ suspicious: true, ended: [] });
    expect(report.reruns).toMatchObject([{ figures: null, difference: null }]);
    expect(report.sentences[0]).toBe(
      'Survivors only: no symbol falls out, there is nothing to compare.',
    );
    expect(report.sentences.join(' ')).toMatch(/Baker & Kennedy 2002.*From the literature/);
    expect(report.sentences.join(' ')).toContain('too few to tell');
    expect(report.expected.share).toBeCloseTo(0.218, 2);
  });
});
