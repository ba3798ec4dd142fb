/** Features of prices so small, and weights so large, that doubles overflow or ticks round to zero: null, never infinite. */
import { beforeAll, expect, it } from 'vitest';
import {
  averageGap,
  barReturn,
  constant,
  gScore,
  pairScore,
  panicScore,
  sma,
  spreadEstimate,
} from '../../src/domain/features.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { rows } from './rows.ts';
import { type BarRow, column, loadBars } from './lab.ts';

/** Closes of 1e-300 and 1e8 in turn for symbol 0, which round to 0 ticks at the former; 1e-300 alone for symbol 1. */
const bars: BarRow[] = [0, 1].flatMap((sym) =>
  Array.from({ length: 30 }, (_, i) => {
    const close = sym === 0 && i % 2 === 1 ? 1e8 : 1e-300;
    const low = sym === 0 ? 1e-308 : 1e-300;
    return { sym, day: 18_000 + i, open: close, high: close, low, close, volume: 1 };
  }),
);

let engine: Engine;
let tables: FeatureTables;
beforeAll(async () => {
  engine = await startNodeEngine();
  engine.run(`CREATE TABLE macro AS
    SELECT 'INDEX' AS series, day, day AS available_day, CASE day WHEN 18000 THEN 0 ELSE -5 END::DOUBLE AS value
    FROM range(18000, 18030) AS t(day)`);
  tables = loadBars(engine, bars);
});

const rules = {
  vixAbove: 25,
  indexFall: -0.05,
  indexBars: 1,
  oilRise: 0.1,
  oilBars: 1,
  maximumAge: 7,
  vixStandIn: true,
};

it.each([
  ['return', barReturn(1)],
  ['gap of averages', averageGap(sma(1), sma(1))],
  ['pair', pairScore(0, 1, 3)],
  ['spread', spreadEstimate()],
  [
    'panic score',
    panicScore({
      zAtr: constant(3),
      zVolume: constant(-3),
      zAttention: null,
      weights: { volatility: 1e308, volume: 1e308, attention: 1 },
    }),
  ],
])('%s', async (_, feature) => {
  const found = await column(engine, tables, feature);
  expect(found).toContain(null);
  expect(found.filter((x) => x !== null && !Number.isFinite(x))).toEqual([]);
});

it('an index that fell from 0 has no return, and scores no point', async () => {
  const score = gScore({ ...rules, vixWeight: 1e308, indexWeight: 1e308 });
  await tables.compute([score], { price_scale: 1e10, volume_scale: 1e4, attention_scale: 1e6 });
  const sql = `SELECT index_return, index_point, value FROM "${tables.tableOf(score)}" ORDER BY day LIMIT 3`;
  expect(rows(await engine.query(sql))).toEqual([
    { index_return: null, index_point: 0, value: 0 },
    { index_return: null, index_point: 0, value: 0 },
    { index_return: 0, index_point: 0, value: 0 },
  ]);
});
