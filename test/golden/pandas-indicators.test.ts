/**
 * Indicators of the S&P 500 (vega-datasets 3.2.1, sp500-2000.csv) at 24 chosen rows, made with pandas 3.0.6:
 * pandas.indicators.sp500.csv. Wilder's ATR follows TA-Lib's numbering.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import {
  type Feature,
  atr,
  barReturn,
  bars,
  panicScore,
  trueRange,
  zScore,
} from '../../src/domain/features.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { column, loadBars, readCsv, scales, sp500 } from '../sql/lab.ts';

const zAtr = zScore(atr('sma', 14), 'ticks', 90, 30);
const zVolume = zScore(bars, 'volume_ticks', 90, 30);
const weights = { volatility: 1, volume: 1, attention: 0.8 };

const columns: [name: string, feature: Feature, of: string, scale: number][] = [
  ['tr', trueRange(), 'ticks', scales.price_scale],
  ['atr14_sma', atr('sma', 14), 'value', 1],
  ['atr14_wilder_talib', atr('wilder', 14), 'value', 1],
  ['z90_atr', zAtr, 'value', 1],
  ['z90_volume', zVolume, 'value', 1],
  ['ret5', barReturn(5), 'value', 1],
  ['panic_no_attention', panicScore({ zAtr, zVolume, zAttention: null, weights }), 'value', 1],
];

describe('features agree with pandas to 1e-9 relative', () => {
  const golden = readCsv('test/golden/pandas.indicators.sp500.csv');
  const rows = sp500();
  const at = new Map(rows.map((row, i) => [isoFromDay(row.day), i]));
  let engine: Engine;
  let tables: FeatureTables;
  beforeAll(async () => {
    engine = await startNodeEngine();
    tables = loadBars(engine, rows);
  });

  it.each(columns)('%s', async (name, feature, of, scale) => {
    const ours = await column(engine, tables, feature, of);
    expect(golden).toHaveLength(24);
    for (const row of golden) {
      const expected = row[name] ?? '';
      const value = ours[at.get(row['date'] ?? '') ?? -1];
      if (expected === '') expect(value, row['date']).toBeNull();
      else
        expect(Math.abs(Number(value) / scale / Number(expected) - 1), row['date']).toBeLessThan(
          1e-9,
        );
    }
  });
});
