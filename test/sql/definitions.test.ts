/** Each feature against its definition (docs/DEFINITIONS.md), written out as a plain loop. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  atr,
  attention,
  bars,
  constant,
  crowdReactivity,
  direction,
  gFactor,
  gScore,
  member,
  panicScore,
  tradable,
  trueRange,
  zScore,
} from '../../src/domain/features.ts';
import { dayFromIso, isoFromDay, weekday } from '../../src/domain/calendar.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { rows } from './rows.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { type AttentionRow, type BarRow, column, loadAttention, loadBars, scales } from './lab.ts';
import { bothSymbols, expectClose, market, rowsOf, zScores } from './synthetic.ts';

/** Daily attention of symbol 0 only, with a hole of two weeks. */
const crowd: AttentionRow[] = Array.from({ length: 150 }, (_, i) => ({
  sym: 0,
  day: dayFromIso('2019-01-10') + i,
  known_day: dayFromIso('2019-01-10') + i + 1,
  value: 40 + ((i * 37) % 61),
})).filter((_, i) => i < 60 || i > 74);

function trueRanges(rows: readonly BarRow[]): number[] {
  return rows.map(({ high, low }, i) => {
    const before = rows[i - 1]?.close;
    return before === undefined
      ? high - low
      : Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
  });
}

/** The newest value known at each bar. */
function known(row: BarRow): AttentionRow | undefined {
  return crowd.filter(({ sym, known_day }) => sym === row.sym && known_day <= row.day).at(-1);
}
const isStale = (row: BarRow, after: number): boolean => {
  const newest = known(row);
  return newest === undefined || row.day - newest.known_day > after;
};

function reactivities(rows: readonly BarRow[], window: number, minimum: number): (number | null)[] {
  const pairs = rows.map((row, i) => {
    const before = rows[i - 1];
    const now = known(row)?.value;
    const then = before && known(before)?.value;
    return before === undefined || now === undefined || !then
      ? null
      : ([row.close / before.close - 1, now / then - 1] as const);
  });
  return pairs.map((_, i) => {
    const seen = pairs.slice(Math.max(0, i - window + 1), i + 1).filter((pair) => pair !== null);
    if (seen.length < minimum) return null;
    const mean = (k: 0 | 1): number => seen.reduce((sum, pair) => sum + pair[k], 0) / seen.length;
    const [x, y] = [mean(0), mean(1)];
    const sum = (f: (a: number, b: number) => number): number =>
      seen.reduce((total, [a, b]) => total + f(a - x, b - y), 0);
    const [xx, yy] = [sum((a) => a * a), sum((_a, b) => b * b)];
    return xx === 0 || yy === 0 ? null : Math.abs(sum((a, b) => a * b)) / Math.sqrt(xx * yy);
  });
}

describe('a feature is its definition', () => {
  let engine: Engine;
  let tables: FeatureTables;
  beforeAll(async () => {
    engine = await startNodeEngine();
    loadAttention(engine, crowd);
    tables = loadBars(engine, market);
  });
  const read = (
    ...args: Parameters<typeof column> extends [unknown, unknown, ...infer R] ? R : never
  ) => column(engine, tables, ...args);

  it('true range: the first bar has H − L', async () => {
    const ticks = await read(trueRange(), 'ticks');
    expectClose(
      ticks.map((x) => Number(x) / scales.price_scale),
      bothSymbols(trueRanges),
    );
  });

  it('ATR, simple: the mean of the last n, null before', async () => {
    expectClose(
      await read(atr('sma', 14)),
      bothSymbols((rows) => {
        const tr = trueRanges(rows);
        return tr.map((_, i) =>
          i < 13 ? null : tr.slice(i - 13, i + 1).reduce((a, b) => a + b, 0) / 14,
        );
      }),
    );
  });

  it('ATR, Wilder: first value at bar n, the mean of TR 1 … n', async () => {
    expectClose(
      await read(atr('wilder', 14)),
      bothSymbols((rows) => {
        const tr = trueRanges(rows);
        let value = tr.slice(1, 15).reduce((a, b) => a + b, 0) / 14;
        return tr.map((range, i) => {
          if (i < 14) return null;
          if (i > 14) value = (value * 13 + range) / 14;
          return value;
        });
      }),
    );
  });

  it('z-score: short windows from the minimum on, gaps passed over', async () => {
    expectClose(
      await read(zScore(bars, 'volume_ticks', 40, 10)),
      bothSymbols((rows) =>
        zScores(
          rows.map(({ volume }) => volume),
          40,
          10,
        ),
      ),
    );
  });

  it('z-score is 0 where nothing varies, and null without values', async () => {
    const still = loadBars(
      engine,
      rowsOf(0).map((row) => ({ ...row, volume: 5 })),
    );
    const flat = await column(engine, still, zScore(bars, 'volume_ticks', 40, 10));
    expect(flat.slice(0, 9)).toEqual(Array(9).fill(null));
    expect(new Set(flat.slice(9))).toEqual(new Set([0]));
    const silent = loadBars(
      engine,
      rowsOf(0).map((row) => ({ ...row, volume: null })),
    );
    expect(new Set(await column(engine, silent, zScore(bars, 'volume_ticks', 40, 10)))).toEqual(
      new Set([null]),
    );
    tables = loadBars(engine, market);
  });

  it('direction: against the 5-bar return', async () => {
    expect(await read(direction(5))).toEqual(
      bothSymbols((rows) =>
        rows.map(({ close }, i) => (i < 5 ? 0 : Math.sign((rows[i - 5]?.close ?? 0) - close))),
      ),
    );
  });

  it('attention: dated at its start, known from its end, stale after 3 days', async () => {
    const feature = attention(3, 7);
    expectClose(
      (await read(feature, 'ticks')).map((x) =>
        x === null ? null : Number(x) / scales.attention_scale,
      ),
      market.map((row) => known(row)?.value ?? null),
    );
    expect(await read(feature, 'stale')).toEqual(market.map((row) => isStale(row, 3)));
  });

  it('CRI: |Pearson| of the pairs in the window', async () => {
    expectClose(
      await read(crowdReactivity(attention(3, 7), 30, 10)),
      bothSymbols((rows) => reactivities(rows, 30, 10)),
    );
  });

  it('tradable: judged at the first bar of each ISO week, halved and barred while stale', async () => {
    const series = attention(3, 7);
    const threshold = 0.15;
    const ours = await read(tradable(series, crowdReactivity(series, 30, 10), threshold, 0.5));
    const expected = bothSymbols((rows) => {
      const cri = reactivities(rows, 30, 10);
      let week = '';
      let kept: number | null = null;
      return rows.map((row, i) => {
        const monday = isoFromDay(row.day - weekday(row.day));
        if (monday !== week) {
          week = monday;
          const value = cri[i] ?? null;
          kept = value === null ? null : value * (isStale(row, 3) ? 0.5 : 1);
        }
        return kept !== null && kept >= threshold && !isStale(row, 3);
      });
    });
    expect(ours).toEqual(expected);
    expect(new Set(expected).size).toBe(2);
  });

  it('tradable: weeks begin on Mondays before 1970 too', async () => {
    const weeks = 7 * 2800;
    const series = attention(3, 7);
    const feature = tradable(series, crowdReactivity(series, 30, 10), 0.15, 0.5);
    const later = await read(feature);
    const back = <T extends { day: number }>(row: T): T => ({ ...row, day: row.day - weeks });
    loadAttention(
      engine,
      crowd.map((row) => ({ ...back(row), known_day: row.known_day - weeks })),
    );
    expect(await column(engine, loadBars(engine, market.map(back)), feature)).toEqual(later);
    loadAttention(engine, crowd);
    tables = loadBars(engine, market);
  });

  it('attention: a weekly series has its own limit', async () => {
    loadAttention(engine, [
      { sym: 0, day: market[0]!.day, known_day: market[0]!.day + 7, value: 5 },
    ]);
    const ages = rowsOf(0).map(({ day }) => day - (market[0]!.day + 7));
    const fresh = loadBars(engine, rowsOf(0));
    expect(await column(engine, fresh, attention(3, 7), 'stale')).toEqual(
      ages.map((age) => age < 0 || age > 7),
    );
    loadAttention(engine, crowd);
    tables = loadBars(engine, market);
  });

  it('Panic Score: the weighted sum; a missing series is a constant 0', async () => {
    const zAtr = zScore(atr('sma', 14), 'ticks', 40, 10);
    const zVolume = zScore(bars, 'volume_ticks', 40, 10);
    const weights = { volatility: 1, volume: 0.5, attention: 0.8 };
    const [a, v] = [await read(zAtr), await read(zVolume)];
    expectClose(
      await read(panicScore({ zAtr, zVolume, zAttention: null, weights })),
      a.map((x, i) => (x === null || v[i] === null ? null : Number(x) + 0.5 * Number(v[i]))),
    );
    expectClose(
      await read(panicScore({ zAtr, zVolume: null, zAttention: null, weights })),
      a as (number | null)[],
    );
  });

  it('member: from ≤ date < to', async () => {
    const day = rowsOf(1)[10]?.day ?? 0;
    engine.run(
      `CREATE OR REPLACE TABLE universe AS SELECT 1 AS sym, ${day} AS from_day, ${day + 7} AS to_day`,
    );
    expect(await read(member())).toEqual(
      market.map((row) => row.sym === 1 && row.day >= day && row.day < day + 7),
    );
  });

  it('constant: the same on every bar', async () => {
    expect(new Set(await read(constant(true)))).toEqual(new Set([true]));
  });
});

describe('G-Score', () => {
  const rules = {
    vixAbove: 25,
    indexFall: -0.05,
    indexBars: 7,
    oilRise: 0.1,
    oilBars: 7,
    maximumAge: 7,
    vixStandIn: false,
  };
  const start = dayFromIso('2019-01-01');
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });

  type MacroRow = [series: string, day: number, available: number, value: number];

  async function scored(macro: readonly MacroRow[], changes: Partial<typeof rules> = {}) {
    const days = Array.from({ length: 30 }, (_, i) => start + i);
    const tables = loadBars(
      engine,
      days.map((day) => ({ sym: 0, day, open: 1, high: 1, low: 1, close: 1, volume: 1 })),
    );
    engine.run(
      'CREATE OR REPLACE TABLE macro (series VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE)',
    );
    if (macro.length > 0)
      engine.run(
        `INSERT INTO macro VALUES ${macro.map(([s, d, a, v]) => `('${s}', ${d}, ${a}, ${v}::DOUBLE)`).join(', ')}`,
      );
    const feature = gScore({ ...rules, ...changes });
    const factor = gFactor(feature, 2, 0.5);
    await tables.compute([feature, factor], scales);
    const table = await engine.query(`SELECT * FROM "${tables.tableOf(feature)}" ORDER BY day`);
    const sessions = rows<{
      vix: number | null;
      index_return: number | null;
      oil_return: number | null;
      value: number;
    }>(table);
    return { sessions, factors: await column(engine, tables, factor) };
  }

  /** A value on each of the first `count` days from `from`. */
  const daily = (
    series: string,
    count: number,
    value: (i: number) => number,
    from = start,
  ): MacroRow[] => Array.from({ length: count }, (_, i) => [series, from + i, from + i, value(i)]);

  it('gives a point each for VIX, a falling index and rising oil, and halves sizes at 2', async () => {
    const { sessions, factors } = await scored([
      ...daily('VIX', 30, (i) => (i >= 10 ? 25.5 : 25)),
      ...daily('INDEX', 30, (i) => (i >= 12 ? 94 : 100)),
      ...daily('OIL', 30, (i) => (i >= 15 ? 111 : 100)),
    ]);
    expect(sessions.map(({ value }) => value)).toEqual(
      sessions.map(
        (_, i) => Number(i >= 10) + Number(i >= 12 && i < 19) + Number(i >= 15 && i < 22),
      ),
    );
    expect(factors).toEqual(sessions.map(({ value }) => (value >= 2 ? 0.5 : 1)));
  });

  it('counts a value no older than 7 days, and scores a missing input 0', async () => {
    const { sessions } = await scored(daily('VIX', 3, () => 40));
    expect(sessions.map(({ vix }) => vix)).toEqual(sessions.map((_, i) => (i <= 9 ? 40 : null)));
    expect(sessions.map(({ value }) => value)).toEqual(sessions.map((_, i) => (i <= 9 ? 1 : 0)));
    expect((await scored([])).sessions.every(({ value, vix }) => value === 0 && vix === null)).toBe(
      true,
    );
  });

  it('takes returns over the series’ own bars, as known on the day: revisions and delays are not seen early', async () => {
    // Oil is published three days late; day 8's value is revised from 120 to 100 on day 20.
    const oil: MacroRow[] = daily('OIL', 30, (i) => (i === 8 ? 120 : 100)).map(([s, d, , v]) => [
      s,
      d,
      d + 3,
      v,
    ]);
    const { sessions } = await scored([...oil, ['OIL', start + 8, start + 20, 100]]);
    const returns = sessions.map(({ oil_return }) => oil_return);
    expect(returns[9]).toBeNull(); // only seven own bars are known
    expect(returns[10]).toBe(0);
    expect(returns[11]).toBeCloseTo(0.2, 12);
    expect(returns[12]).toBe(0);
    expect(returns[18]).toBeCloseTo(100 / 120 - 1, 12); // day 15 against the first vintage of day 8
    const revised = await scored([
      ...oil.filter(([, d]) => d <= start + 8),
      ['OIL', start + 8, start + 12, 100],
    ]);
    expect(revised.sessions[11]?.oil_return).toBeCloseTo(0.2, 12);
    expect(revised.sessions[12]?.oil_return).toBe(0);
  });

  it('lets the index’s 14-bar volatility stand in for VIX where that is allowed', async () => {
    const index = daily('INDEX', 30, (i) => 100 + ((i * 7) % 5));
    expect((await scored(index)).sessions.every(({ vix }) => vix === null)).toBe(true);
    const { sessions } = await scored(index, { vixStandIn: true });
    const returns = Array.from(
      { length: 14 },
      (_, k) => (index[16 + k]?.[3] ?? 0) / (index[15 + k]?.[3] ?? 1) - 1,
    );
    const mean = returns.reduce((a, b) => a + b, 0) / 14;
    const sd = Math.sqrt(returns.reduce((a, b) => a + (b - mean) * (b - mean), 0) / 13);
    expect(sessions[29]?.vix).toBeCloseTo(sd * Math.sqrt(252) * 100, 7);
    expect(sessions[13]?.vix).toBeNull();
  });

  it('annualises that of a weekly index with the weeks of a year', async () => {
    const index: MacroRow[] = Array.from({ length: 20 }, (_, i) => {
      const day = start + 7 * (i - 19);
      return ['INDEX', day, day, 100 + (i % 2)];
    });
    const { sessions } = await scored(index, { vixStandIn: true });
    const [up, down] = [1 / 100, 100 / 101 - 1];
    const sd = Math.sqrt((14 * ((up - down) / 2) ** 2) / 13);
    expect(sessions[0]?.vix).toBeCloseTo(sd * Math.sqrt(365.25 / 7) * 100, 7);
  });
});
