import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

/** Weekdays from a day of 1970 on: prices that nothing stands out in. */
const barsFrom = (name: string, year: number, bars = 30) => {
  const lines = ['date,open,high,low,close,volume'];
  for (let day = Date.UTC(year, 0, 1) / 864e5; lines.length <= bars; day++) {
    if ((day + 3) % 7 > 4) continue;
    const open = 10 + (day % 7) / 10;
    lines.push(`${isoFromDay(day)},${open},${open + 1},${open - 1},${open + 0.5},${100 + day}`);
  }
  return file(`${name}.csv`, lines.join('\n'));
};
const notesOf = async (...files: Parameters<typeof importAll>[1]) =>
  (await importAll(engine, files)).summary.notes.map(({ text }) => text);

describe('what never meets the bars is said', () => {
  it('macro series and attention of other years', async () => {
    const vix = file('vix.csv', 'date,VIX\n2015-01-02,20\n2015-01-05,21\n');
    const attention = file(
      'attention.csv',
      'symbol,date,attention\nAAA,2015-01-02,1\nAAA,2015-01-03,2\n',
    );
    expect(await notesOf(barsFrom('AAA', 2022), vix, attention)).toEqual([
      'VIX has values from 2015-01-02 to 2015-01-05, the bars run from 2022-01-03 to 2022-02-11: no session has a value, and what the study makes of VIX stays empty.',
      'Attention never meets the bars of AAA (from 2015-01-02 to 2015-01-03, the bars run from 2022-01-03 to 2022-02-11): what the study makes of it stays empty there.',
    ]);
  });

  it('a universe that ended before, holds one symbol too early, or knows none', async () => {
    const universe = (...lines: string[]) =>
      file('universe.csv', ['symbol,from,to', ...lines].join('\n'));
    const both = [barsFrom('AAA', 2022), barsFrom('BBB', 2022)];
    expect(await notesOf(...both, universe('AAA,2010-01-01,2012-01-01'))).toContainEqual(
      expect.stringMatching(/^The universe lasts .* nothing is entered\. Give spells/),
    );
    expect(
      await notesOf(...both, universe('AAA,2010-01-01,2012-01-01', 'BBB,2010-01-01,')),
    ).toContainEqual(expect.stringMatching(/^The universe never holds these .* AAA \(/));
    expect(await notesOf(...both, universe('CCC,2010-01-01,'))).toContainEqual(
      expect.stringMatching(/^No symbol of the universe has bars/),
    );
  });

  it('bars of years that no other symbol has', async () => {
    expect(await notesOf(barsFrom('AAA', 2005), barsFrom('BBB', 2020))).toContainEqual(
      'Bars of AAA end on 2005-02-11, and no other symbol has bars before 2020-01-01: no session has both.',
    );
  });

  it('and what meets them, or lasts a little longer, is not', async () => {
    const vix = file('vix.csv', 'date,VIX\n2021-12-31,20\n2022-02-10,21\n');
    expect(await notesOf(barsFrom('AAA', 2022), vix)).toEqual([]);
  });
});

describe('stamps in UTC whose dates fall on the day before', () => {
  const stamped = (...stamps: string[]) =>
    file(
      'A.csv',
      [
        'date,open,high,low,close',
        ...stamps.map((stamp, i) => `${stamp},${10 + i},${12 + i},9,11`),
      ].join('\n'),
    );
  const shifted =
    'A.csv: dates may be off by a day. Its stamps are in UTC, not at midnight, and their dates fall on a weekend in place of a weekday. Write the market’s local dates.';

  it.each([
    ['east of Greenwich', ['2021-06-29T22:00:00Z', '2021-07-01T22:00:00Z', '2021-07-04T22:00:00Z']],
    ['as seconds', ['1625004000', '1625176800', '1625436000']],
    ['west, after midnight', ['2021-06-30T01:00:00Z', '2021-07-03T01:00:00+00:00']],
  ])('%s are warned of', async (_, stamps) => {
    expect(await notesOf(stamped(...stamps))).toContain(shifted);
  });

  it.each([
    ['midnight', ['2021-07-01T00:00:00Z', '2021-07-04T00:00:00Z']],
    ['local times with their offset', ['2021-07-01T22:00:00+02:00', '2021-07-04T22:00:00+02:00']],
    ['a market that has Fridays', ['2021-07-02T22:00:00Z', '2021-07-04T22:00:00Z']],
    ['weeks', ['2021-07-04T22:00:00Z', '2021-07-11T22:00:00Z']],
  ])('%s are not', async (_, stamps) => {
    expect(await notesOf(stamped(...stamps))).not.toContain(shifted);
  });
});
