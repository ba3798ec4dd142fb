/** What the strategies signal: against other programs' trades, and on small markets made for the purpose. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import { strategies } from '../../src/domain/strategies/registry.ts';
import { completeStudy, exampleNames, exampleStudy } from '../../src/domain/study/study.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import {
  type BarRow,
  type SignalRow,
  factsOf,
  loadAttention,
  loadBars,
  readBars,
  readCsv,
  signalRows,
  sp500,
} from './lab.ts';

/** The series of test/golden/peers. */
const series: Record<string, () => BarRow[]> = {
  sp500,
  nasdaq: () => readBars('datasets/us-indices-2014-2018/bars.csv', 'NASDAQ'),
  walk: () => readBars('test/golden/peers/walk.csv'),
};

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

async function signalsOf(
  id: string,
  parameters: Record<string, unknown>,
  rows: readonly BarRow[],
  { symbols = ['A'], members = [] as string[] } = {},
): Promise<SignalRow[]> {
  const study = completeStudy({ strategy: { id, parameters } });
  const facts = { ...factsOf(symbols), hasUniverse: members.length > 0 };
  const plan = planOf(study.strategy, facts);
  engine.run('CREATE OR REPLACE TABLE universe (sym INTEGER, from_day INTEGER, to_day INTEGER)');
  if (members.length > 0) engine.run(`INSERT INTO universe VALUES ${members.join(', ')}`);
  return signalRows(engine, loadBars(engine, rows), plan);
}

/** Bars of one symbol with these closes, on consecutive days from 2020-01-01. */
const barsOf = (closes: readonly number[], sym = 0): BarRow[] =>
  closes.map((close, i) => ({
    sym,
    day: dayFromIso('2020-01-01') + i,
    open: close,
    high: close + 0.5,
    low: close - 0.5,
    close,
    volume: 100,
  }));

const at = (rows: readonly SignalRow[], test: (row: SignalRow) => boolean): number[] =>
  rows.flatMap((row, i) => (test(row) ? [i] : []));

describe('moving-average cross', () => {
  /** Bars after which backtesting.py 0.6.6 traded (test/golden/peers): EntryBar − 1. */
  const crossesOf = (setup: string, name: string): number[] =>
    readCsv(`test/golden/peers/backtesting-py/${setup}.${name}.trades.csv`).map(
      (trade) => Number(trade['EntryBar']) - 1,
    );

  it.each(Object.entries(series))('has backtesting.py’s crosses on %s', async (name, read) => {
    const rows = await signalsOf('moving-average-cross', {}, read());
    const crosses = crossesOf('sma-20-100-reverse', name);
    expect(at(rows, ({ side }) => side !== 0)).toEqual(crosses);
    expect(rows.every(({ exit }) => exit === 0)).toBe(true);

    const long = await signalsOf('moving-average-cross', { sides: 'long' }, read());
    expect(at(long, ({ side }) => side === 1)).toEqual(crosses.filter((i) => rows[i]?.side === 1));
    expect(at(long, ({ exit }) => exit === 1)).toEqual(crosses.filter((i) => rows[i]?.side === -1));

    const slower = { fast: 50, slow: 200, sides: 'long' };
    const slow = await signalsOf('moving-average-cross', slower, read());
    expect(at(slow, ({ side }) => side === 1)).toEqual(crossesOf('sma-50-200-long', name));
  });

  it('is no cross where both means are new, and is one out of equality', async () => {
    const parameters = { fast: 1, slow: 2 };
    const rising = await signalsOf('moving-average-cross', parameters, barsOf([1, 2, 3, 4]));
    expect(rising.map(({ side }) => side)).toEqual([0, 0, 0, 0]);
    const still = await signalsOf('moving-average-cross', parameters, barsOf([5, 5, 5, 6, 7]));
    expect(still.map(({ side }) => side)).toEqual([0, 0, 0, 1, 0]);
  });

  it('a symbol that left the universe is not entered, but left', async () => {
    const start = dayFromIso('2020-01-01');
    const closes = [5, 5, 6, 5, 6, 5];
    const rows = await signalsOf('moving-average-cross', { fast: 1, slow: 2 }, barsOf(closes), {
      members: [`(0, ${start}, ${start + 3})`],
    });
    expect(rows.map(({ side, exit }) => [side, exit])).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 2],
      [0, 1],
    ]);
  });
});

describe('reversion', () => {
  const dip = barsOf([...Array.from({ length: 20 }, (_, i) => 100 + (i % 2)), 90, 95, 101, 110]);

  it('z-score: without an exit threshold nothing leaves, with one longs leave at the mean', async () => {
    const off = await signalsOf('zscore-reversion', {}, dip);
    expect(at(off, ({ side }) => side === 1)).toEqual([20]);
    expect(at(off, ({ exit }) => exit !== 0)).toEqual([]);
    const on = await signalsOf('zscore-reversion', { exitThreshold: 0 }, dip);
    expect(at(on, ({ exit }) => (exit & 1) === 1)).toEqual([19, 22, 23]);
  });

  it('Bollinger: enters below the lower band, leaves at the middle or the other band', async () => {
    const middle = await signalsOf('bollinger-reversion', { width: 3 }, dip);
    expect(at(middle, ({ side }) => side === 1)).toEqual([20]);
    expect(at(middle, ({ exit }) => (exit & 1) === 1)).toEqual([19, 22, 23]);
    const opposite = await signalsOf(
      'bollinger-reversion',
      { width: 2.5, exitAt: 'opposite' },
      dip,
    );
    expect(at(opposite, ({ exit }) => (exit & 1) === 1)).toEqual([23]);
  });

  it('RSI: long below the oversold level, out at the exit level', async () => {
    const parameters = { period: 2, method: 'cutler' };
    const rows = await signalsOf('rsi-reversion', parameters, barsOf([10, 10, 9, 8, 9, 10]));
    expect(rows.map(({ side }) => side)).toEqual([0, 0, 1, 1, 0, 0]);
    expect(rows.map(({ exit }) => exit & 1)).toEqual([0, 0, 0, 0, 1, 1]);
  });
});

describe('breakout', () => {
  it('channel: above the highest high of the bars before, out below the exit channel', async () => {
    const parameters = { channelBars: 3, exitBars: 2, atrPeriod: 1 };
    const rows = await signalsOf('atr-breakout', parameters, barsOf([5, 5, 5, 5.4, 6, 7, 6, 4]));
    expect(at(rows, ({ side }) => side === 1)).toEqual([4, 5]);
    expect(at(rows, ({ exit }) => exit === 1)).toEqual([7]);
  });

  it('ATR: above the close before by a multiple of the ATR known then', async () => {
    const parameters = { trigger: 'atr', multiple: 2, atrPeriod: 1, channelBars: 1 };
    const rows = await signalsOf('atr-breakout', parameters, barsOf([5, 5, 7, 7.1, 9.2]));
    // True ranges 1, 1, 2.5, 1, 2.6: 7 > 5 + 2, no; 9.2 > 7.1 + 2, yes.
    expect(at(rows, ({ side }) => side === 1)).toEqual([4]);
  });
});

describe('portfolios', () => {
  it('buy & hold: every symbol in equal parts, always wanted, never left', async () => {
    const rows = [...barsOf([1, 2]), ...barsOf([3, 4], 1)];
    expect(await signalsOf('buy-and-hold', {}, rows, { symbols: ['A', 'B'] })).toEqual(
      rows.map(() => ({ side: 1, exit: 0, score: 0, atr: Number.NaN, size_factor: 0.5 })),
    );
  });

  it('momentum rotation: chooses at the first bar of a month, and leaves what it does not choose', async () => {
    // A gains in January and loses in February, B the other way round.
    const falling = Array.from({ length: 70 }, (_, i) => 50 + (i <= 30 ? i : 60 - i));
    const rows = [
      ...barsOf(falling),
      ...barsOf(
        falling.map((x) => 200 - x),
        1,
      ),
    ];
    const parameters = { positions: 1, lookback: 10, skip: 0 };
    const signals = await signalsOf('momentum-rotation', parameters, rows, {
      symbols: ['A', 'B'],
    });
    expect(at(signals, ({ side }) => side === 1)).toEqual([31, 70 + 60]);
    expect(at(signals, ({ exit }) => exit === 1)).toEqual([60, 70 + 31]);
    expect(signals[31]?.size_factor).toBe(1);
  });

  it('pairs: sells the dear leg, buys the cheap one, and leaves when the ratio is back', async () => {
    const a = [...Array.from({ length: 12 }, (_, i) => 10 + (i % 2) / 10), 12, 10];
    const rows = [
      ...barsOf(a),
      ...barsOf(
        a.map(() => 10),
        1,
      ),
    ];
    const signals = await signalsOf('pairs-zscore', { window: 10 }, rows, { symbols: ['A', 'B'] });
    expect([signals[12]?.side, signals[14 + 12]?.side]).toEqual([-1, 1]);
    expect([(signals[13]?.exit ?? 0) & 2, (signals[14 + 13]?.exit ?? 0) & 1]).toEqual([2, 1]);
  });

  it.each([
    [{ symbolA: 'C' }, ['A', 'B'], 'The dataset has no such symbol.'],
    [{ symbolA: 'A', symbolB: 'A' }, ['A', 'B'], 'Both legs of the pair are the same symbol.'],
    [{}, ['A'], 'A pair needs two symbols, and the dataset has one.'],
  ])('pairs: refuses %j of %j', async (parameters, symbols, problem) => {
    await expect(
      signalsOf('pairs-zscore', parameters, barsOf([1, 2]), { symbols }),
    ).rejects.toMatchObject({ data: { kind: 'study', problem } });
  });

  it('every n bars: 0, n, 2n …', async () => {
    const rows = await signalsOf('every-n-bars', { every: 3 }, barsOf([1, 2, 3, 4, 5, 6, 7]));
    expect(at(rows, ({ side }) => side === 1)).toEqual([0, 3, 6]);
  });
});

describe('the universe', () => {
  it.each(strategies.map(({ id }) => [id]))('%s enters nobody who is no member', async (id) => {
    loadAttention(engine, []);
    engine.run(
      'CREATE OR REPLACE TABLE macro (series VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE)',
    );
    const rows = [0, 1].flatMap((sym) =>
      sp500()
        .slice(0, 600)
        .map((row) => ({ ...row, sym })),
    );
    const nobody = ['(7, 0, 99999)'];
    const signals = await signalsOf(id, {}, rows, { symbols: ['A', 'B'], members: nobody });
    expect(signals.every(({ side }) => side === 0)).toBe(true);
  });
});

describe('examples', () => {
  it.each(exampleNames().map((name) => [name]))('%s is a complete study', (name) => {
    const study = exampleStudy(name);
    expect(study).not.toBeNull();
    expect(completeStudy(study)).toEqual(study);
    const [program] = name.split('/');
    expect(study?.metrics.convention).toBe(program === 'portfolio' ? 'outsample' : program);
  });

  it('has the seven studies that other programs were run with, portfolios, and no others', () => {
    const peers = exampleNames().filter((name) => !name.startsWith('portfolio/'));
    expect(peers).toHaveLength(7);
    expect(exampleStudy('toString')).toBeNull();
  });
});
