// What audits make of a market with contracts: truncated, or without some symbols, its bars, splits and dividends are the same.
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay } from '../../src/domain/calendar.ts';
import type { Market } from '../../src/domain/market.ts';
import { randomStream } from '../../src/domain/random.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { syntheticMarket } from '../../src/domain/validation/cheats/market.ts';
import {
  momentOfDay,
  wholeWorld,
  worldOf,
} from '../../src/domain/validation/look-ahead-replays.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { madeOf } from '../../workers/services/audit/demonstration.ts';
import { auditLookAhead } from '../../workers/services/audit/look-ahead.ts';
import { signalsCutAt } from '../../workers/services/audit/time-cut.ts';
import { withWorlds, dataOfDays } from '../../workers/services/audit/worlds.ts';
import type { Dataset } from '../../workers/services/dataset.ts';
import { file, importAll } from '../unit/import/importing.ts';

const { signal } = new AbortController();
const first = dayFromIso('2021-01-01');
/** A walk of 120 days; on days 40 and 80 there is a split, 2 for 1 and 1 for 5, and on every tenth a dividend of 1 %. */
const split = new Map([
  [40, 2],
  [80, 0.2],
]);
const lines: string[] = [];
const happened: string[] = [];
for (const symbol of ['A', 'B']) {
  const { normal } = randomStream(7, symbol);
  let close = 100;
  for (let i = 0; i < 120; i++) {
    const date = isoFromDay(first + i);
    const ratio = symbol === 'A' ? (split.get(i) ?? 1) : 1;
    const dividend = i % 10 === 5 ? close / ratio / 100 : 0;
    const open = close / ratio - dividend + 0.002 * close * normal();
    close = open * (1 + 0.01 * normal());
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    lines.push([symbol, date, open, high, low, close, 1000 + 100 * i].join(','));
    if (ratio !== 1 || dividend > 0) happened.push([symbol, date, dividend, ratio].join(','));
  }
}
const files: InputFile[] = [
  file('bars.csv', ['symbol,date,open,high,low,close,volume', ...lines].join('\n')),
  file('instruments.csv', 'symbol,multiplier,lot_size\nB,10,0.5\n'),
  file('events.csv', ['symbol,ex_date,dividend,split', ...happened].join('\n')),
];

let engine: Engine;
let dataset: Dataset;
beforeAll(async () => {
  engine = await startNodeEngine();
  dataset = await importAll(engine, files);
});

/** The first `bars` bars of a symbol, with all that is said of them. */
function beginning({ firstRow, symbols, contracts, ...market }: Market, s: number, bars: number) {
  const [from, to] = [firstRow[s]!, firstRow[s]! + bars];
  const said = contracts!;
  return {
    symbol: symbols[s],
    ...Object.fromEntries(
      (['day', 'open', 'high', 'low', 'close', 'volume'] as const).map((name) => [
        name,
        [...market[name].subarray(from, to)],
      ]),
    ),
    instrument: [said.multiplier[s], said.tick[s], said.lot[s], said.margin[s]],
    splits: Array.from({ length: bars }, (_, i) => said.splits?.[from + i] ?? 1),
    dividend: Array.from({ length: bars }, (_, i) => said.dividend?.[from + i] ?? 0),
  };
}

describe('a world that ends early', () => {
  // Before any split, between the two, on the second one's day, and after.
  it.each([3, 39, 40, 60, 80, 119])(
    'sees the first bars as the whole one does: %d',
    async (day) => {
      await withWorlds(engine, signal, dataOfDays, async (worlds) => {
        worlds.open();
        await worlds.enter(worldOf('cut', momentOfDay('cut', first + day)));
        const cut = await worlds.market(dataset.market.symbols);
        for (const s of [0, 1]) {
          expect(cut.firstRow[s + 1]! - cut.firstRow[s]!).toBe(day + 1);
          expect(beginning(cut, s, day + 1)).toEqual(beginning(dataset.market, s, day + 1));
        }
      });
    },
  );

  it('knows at an open what goes ex at it, and nothing later', async () => {
    await withWorlds(engine, signal, dataOfDays, async (worlds) => {
      worlds.open();
      await worlds.makeNoise(dataset.market, 1);
      await worlds.enter(worldOf('own-bar', momentOfDay('own-bar', first + 80)));
      const { splits, dividend } = (await worlds.market(dataset.market.symbols)).contracts!;
      expect([splits![79], splits![80], splits![119]]).toEqual([2, 0.4, 0.4]);
      expect(dividend![75]).toBe(dataset.market.contracts!.dividend![75]);
      expect(dividend!.subarray(81, 120).every((paid) => paid === 0)).toBe(true);
    });
  });

  it('draws the signal chart as the whole one has it', async () => {
    const study = completeStudy({ strategy: { id: 'moving-average-cross' } });
    const cut = await signalsCutAt('A', first + 60, study, { engine, dataset, signal });
    expect([...cut.close]).toEqual([...dataset.market.close.subarray(0, 61)]);
  });
});

describe('other worlds', () => {
  it('without some symbols keep what is said of the others', async () => {
    await withWorlds(engine, signal, dataOfDays, async (worlds) => {
      worlds.open();
      await worlds.enterChosen([1], true);
      const other = await worlds.market(dataset.market.symbols);
      expect(other.day).toHaveLength(120);
      expect(beginning(other, 1, 120)).toEqual(beginning(dataset.market, 1, 120));
    });
  });

  it('that are made up have none of the dataset’s contracts', async () => {
    await withWorlds(engine, signal, dataOfDays, async (worlds) => {
      const made = syntheticMarket(1);
      worlds.open(madeOf(made));
      await worlds.enter(wholeWorld);
      expect((await worlds.market(made.market.symbols)).contracts).toBeUndefined();
    });
  });
});

it('the look-ahead audit finds nothing where splits, dividends and contracts are known in time', async () => {
  const study = completeStudy({
    strategy: { id: 'moving-average-cross', parameters: { fast: 3, slow: 8 } },
    size: { rule: 'fraction', fraction: 0.4 },
  });
  const context = { engine, dataset, signal, onProgress: () => undefined };
  const report = await auditLookAhead(study, context, 12);
  expect(report.replays.map(({ tried, found }) => ({ tried: tried > 5, found }))).toEqual(
    report.replays.map(() => ({ tried: true, found: null })),
  );
});
