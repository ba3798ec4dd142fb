/** The lab as the page and the command use it, on the real engine: replies, progress, cancel, reruns. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunFile } from '../../src/domain/run.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { engineVersion, engineWasm } from '../../src/domain/version.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { FileRole, InputFile, LabService, Progress } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';

const quiet = (): void => undefined;

const file = (path: string, role: FileRole = 'bars'): InputFile => ({
  name: path,
  content: new Blob([readFileSync(`datasets/${path}`)]),
  role,
});

const text = (name: string, lines: readonly string[], role: FileRole = 'bars'): InputFile => ({
  name,
  content: new Blob([lines.join('\n')]),
  role,
});

const demo = [
  file('us-indices-2014-2018/bars.csv'),
  file('us-indices-2014-2018/macro.csv', 'macro'),
];

describe('the lab', () => {
  let lab: LabService;
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
    lab = createLab(() => Promise.resolve(engine));
  });

  it('says what to do before there is a dataset, and before there is a run', async () => {
    expect(await lab.run({}, quiet)).toMatchObject({
      ok: false,
      error: { code: 'no-dataset', remedy: 'Import bars first.' },
    });
    expect(await lab.exportRun('trades.csv', quiet)).toMatchObject({
      ok: false,
      error: { code: 'no-run', remedy: 'Run a study first.' },
    });
  });

  it('starts once and tells its versions', async () => {
    expect(unwrap(await lab.start(quiet))).toEqual({
      outsample: engineVersion,
      duckdb: 'v1.4.3',
      wasm: engineWasm,
    });
  });

  it('runs the sample on the bundled default, with rising progress and the same digests twice', async () => {
    const dataset = unwrap(await lab.importFiles(demo, quiet));
    expect(dataset.facts).toEqual({
      hasVolume: true,
      attention: null,
      macro: ['INDEX', 'OIL', 'VIX'],
      hasUniverse: false,
      currency: null,
      symbols: ['NASDAQ', 'SP500'],
    });
    const seen: Progress[] = [];
    const first = unwrap(await lab.run(sampleStudy(), (progress) => seen.push(progress)));
    expect(seen.map(({ ratio }) => ratio)).toEqual(
      seen.map(({ ratio }) => ratio).sort((a, b) => a - b),
    );
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(
      new Set(['features', 'signals', 'simulation', 'results']),
    );
    expect(first.trades.length).toBeGreaterThan(50);
    expect(first.equity.day).toHaveLength(1258);
    expect(first.notes.map(({ text: note }) => note)).toContain(
      'VIX is missing or too old on 1 of 1,258 sessions: scored 0 in the G-Score there.',
    );
    const again = unwrap(await lab.run(sampleStudy(), quiet));
    expect(again.digests).toEqual(first.digests);
    expect(again.studyDigest).toBe(first.studyDigest);
  });

  it('gives the digests of a fresh lab, whatever ran before', async () => {
    unwrap(
      await lab.run(
        { strategy: { parameters: { panic: { zWindow: 300, atrMethod: 'wilder' } } } },
        quiet,
      ),
    );
    const here = unwrap(await lab.run(sampleStudy(), quiet)).digests;
    const fresh = createLab(startNodeEngine);
    unwrap(await fresh.importFiles([...demo].reverse(), quiet));
    expect(unwrap(await fresh.run(sampleStudy(), quiet)).digests).toEqual(here);
  });

  it('draws and exports the last run', async () => {
    const series = unwrap(await lab.symbolSeries('SP500'));
    expect(series).toMatchObject({ symbol: 'SP500', label: 'Panic Score', threshold: 3 });
    expect(series.value).toHaveLength(1258);
    expect(Number.isNaN(series.value[0])).toBe(true);
    const exported = async (name: RunFile) =>
      textOf(unwrap(await lab.exportRun(name, quiet)).content);
    const [header = '', firstLine = ''] = (await exported('features.csv')).split('\r\n');
    expect(header).toBe(
      'symbol,date,open,high,low,close,volume,atr,z_atr,z_volume,panic_score,bar_return,direction,vix,index_return,oil_return,g_score',
    );
    expect(firstLine).toMatch(/^NASDAQ,2014-01-02,/);
    const custom = { strategy: { id: 'custom', parameters: { entry: 'close > sma(5)' } } };
    unwrap(await lab.run(custom, quiet));
    expect((await exported('features.csv')).split('\r\n')[0]).toBe(
      'symbol,date,open,high,low,close,volume,atr,sma(5),rsi(2)',
    );
    unwrap(await lab.run(sampleStudy(), quiet));
    expect(JSON.parse(await exported('study.json'))).toEqual(sampleStudy());
    expect(await lab.symbolSeries('XYZ')).toMatchObject({
      ok: false,
      error: { place: { value: 'XYZ' } },
    });
  });

  it('draws it also after runs that needed the room of its table', async () => {
    unwrap(await lab.run(sampleStudy(), quiet));
    const drawn = unwrap(await lab.symbolSeries('SP500'));
    const coarse = {
      ...sampleStudy(),
      precision: { ...sampleStudy().precision, priceDecimals: 2 },
    };
    unwrap(await lab.sweep([coarse], quiet));
    expect(unwrap(await lab.symbolSeries('SP500'))).toEqual(drawn);
  });

  it('warms up by what the study reads: an ATR counts where exits, sizes, orders or slippage ask for it', async () => {
    const closes = text('A.csv', [
      'date,open,high,low,close',
      ...Array.from({ length: 60 }, (_, i) => {
        const price = 100 + i + ((i * 7) % 5);
        const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
        return [date, price, price + 1, price - 1, price].join(',');
      }),
    ]);
    const own = createLab(startNodeEngine);
    unwrap(await own.importFiles([closes], quiet));
    const close = (bar: number) => 100 + bar + ((bar * 7) % 5);
    const held = async (study: object, id = 'moving-average-cross') => {
      const parameters = id === 'moving-average-cross' ? { fast: 4, slow: 9 } : {};
      const { metrics } = unwrap(await own.run({ strategy: { id, parameters }, ...study }, quiet));
      return metrics['backtesting.py'].find((metric) => metric.id === 'buy-and-hold-return')!.value;
    };
    const from = (bar: number) => (close(59) - close(bar)) / close(bar);
    expect(await held({})).toBeCloseTo(from(8), 12);
    expect(await held({ exits: { stop: 0.1, unit: 'ratio' } })).toBeCloseTo(from(8), 12);
    expect(await held({}, 'buy-and-hold')).toBeCloseTo(from(0), 12);
    for (const asks of [
      { exits: { stop: 2 } },
      { exits: { trailing: 'chandelier' } },
      { size: { rule: 'atr-risk' } },
      { costs: { slippageModel: 'atr' } },
      { execution: { order: 'limit' } },
    ])
      expect(await held(asks), JSON.stringify(asks)).toBeCloseTo(from(13), 12);
    // Its entries are measured in ATR.
    const breakout = { id: 'atr-breakout', parameters: { channelBars: 5, exitBars: 5 } };
    expect(await held({ strategy: breakout }, 'atr-breakout')).toBeCloseTo(from(13), 12);
  });

  it('keeps the dataset before when an import fails', async () => {
    const before = unwrap(await lab.run(sampleStudy(), quiet)).digests;
    const bad = text('bad.csv', [
      'date,open,high,low,close',
      '2020-01-02,1,2,0.5,1',
      '2020-01-03,1,2,0.5,n',
    ]);
    expect(await lab.importFiles([bad], quiet)).toMatchObject({
      ok: false,
      error: { kind: 'import', place: { file: 'bad.csv', line: 3, column: 'close', value: 'n' } },
    });
    expect(unwrap(await lab.run(sampleStudy(), quiet)).digests).toEqual(before);
  });

  it.each([
    [{ range: { from: '2030-01-01' } }, 'data', 'The study’s range holds no bars.'],
    [{ range: { to: '2014-02-30' } }, 'study', 'There is no such date.'],
    [{ costs: { slippage: -1 } }, 'study', 'This must be a number of at least 0.'],
  ])('refuses %j', async (study, kind, problem) => {
    expect(await lab.run(study, quiet)).toMatchObject({ ok: false, error: { kind, problem } });
  });

  it('cancels inside one running query, and reruns to the same digests', async () => {
    const before = unwrap(await lab.run(sampleStudy(), quiet)).digests;
    let inside = 0;
    const slow = createLab(() =>
      Promise.resolve(
        slowed(engine, () => {
          inside += 1;
        }),
      ),
    );
    unwrap(await slow.importFiles(demo, quiet));
    const cancelled = slow.run(sampleStudy(), quiet);
    await until(() => inside > 0);
    const asked = performance.now();
    slow.cancel();
    expect(await cancelled).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(performance.now() - asked).toBeLessThan(500);
    unwrap(await lab.importFiles(demo, quiet));
    expect(unwrap(await lab.run(sampleStudy(), quiet)).digests).toEqual(before);
  });
});

describe('data and settings that need care', () => {
  it('refuses values too large for exact sums, and says which setting to lower', async () => {
    const lab = createLab(startNodeEngine);
    const lines = Array.from(
      { length: 40 },
      (_, i) => `2020-01-${String((i % 28) + 1).padStart(2, '0')},9e9,9.5e9,8e9,9e9,1`,
    );
    unwrap(
      await lab.importFiles(
        [text('HUGE.csv', ['date,open,high,low,close,volume', ...lines.slice(0, 28)])],
        quiet,
      ),
    );
    expect(await lab.run({}, quiet)).toMatchObject({
      ok: false,
      error: {
        kind: 'data',
        remedy: expect.stringContaining('precision.priceDecimals, which is 10') as string,
        place: { file: 'HUGE.csv', line: 2, column: 'high', value: '9.5e9' },
      },
    });
    expect((await lab.run({ precision: { priceDecimals: 4 } }, quiet)).ok).toBe(true);
  });

  it('uses attention and a universe where there are any, and says what it could not use', async () => {
    const lab = createLab(startNodeEngine);
    const bars = file('us-indices-2014-2018/bars.csv');
    const attention = text(
      'trends.csv',
      [
        'date,SP500,NASDAQ',
        ...Array.from(
          { length: 1800 },
          (_, i) =>
            `${new Date((16_072 + i) * 86_400_000).toISOString().slice(0, 10)},${30 + ((i * 37) % 61)},${20 + ((i * 53) % 71)}`,
        ),
      ],
      'attention',
    );
    const universe = text(
      'members.csv',
      ['symbol,from,to', 'SP500,2014-01-01,2016-01-01', 'GONE,2014-01-01,'],
      'universe',
    );
    const dataset = unwrap(await lab.importFiles([attention, universe, bars], quiet));
    expect(dataset.facts).toEqual({
      hasVolume: true,
      attention: 'daily',
      macro: [],
      hasUniverse: true,
      currency: null,
      symbols: ['NASDAQ', 'SP500'],
    });
    expect(dataset.notes.map(({ text: note }) => note)).toContain(
      'No bars for GONE, named in the universe data: not used.',
    );
    const run = unwrap(
      await lab.run(
        { strategy: { parameters: { entryThreshold: 1, cri: { threshold: 0.01 } } } },
        quiet,
      ),
    );
    expect(run.trades.length).toBeGreaterThan(0);
    expect(new Set(run.trades.symbol)).toEqual(new Set([run.symbols.indexOf('SP500')]));
    expect(run.trades.signalDay.every((day) => day < 16_801)).toBe(true);
    expect(run.notes.map(({ text: note }) => note)).toContain(
      'Missing macro inputs VIX, INDEX, OIL: scored 0 in the G-Score.',
    );
  });
});

/** The engine with a query of many seconds in front of the first feature: what cancel has to stop. */
function slowed(engine: Engine, onSlow: () => void): Engine {
  return {
    version: engine.version,
    readOnly: (sql, signal) => engine.readOnly(sql, signal),
    run: (sql) => {
      engine.run(sql);
    },
    query: async (sql, signal) => {
      if (sql.includes('true range') || sql.includes('True range')) {
        onSlow();
        await engine.query(
          'SELECT sum(a.i * b.i) FROM range(200000) a(i), range(200000) b(i)',
          signal,
        );
      }
      return engine.query(sql, signal);
    },
    registerFile: (name, bytes) => {
      engine.registerFile(name, bytes);
    },
    dropFile: (name) => {
      engine.dropFile(name);
    },
    insertArrow: (...given) => {
      engine.insertArrow(...given);
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
