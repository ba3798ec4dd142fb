import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  constant,
  featureKey,
  featureOrder,
  rsi,
  spreadEstimate,
} from '../../src/domain/features.ts';
import { planOf } from '../../src/domain/strategies/plans.ts';
import { strategies } from '../../src/domain/strategies/registry.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { defaultStudy } from '../../src/domain/study/study.ts';
import { featureSql, signalsSql } from '../../src/sql/catalogue.ts';
import { setVariables } from '../../src/sql/sql.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { rows } from './rows.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { factsOf, loadAttention, loadBars, scales, signalRows, sp500 } from './lab.ts';

const facts = factsOf(['A', 'B']);

const plans = strategies.map((strategy) => ({
  id: strategy.id,
  plan: planOf(defaultStudy(strategy.id).strategy, facts),
}));
const features = featureOrder([
  spreadEstimate(),
  rsi('cutler', 14),
  ...plans.flatMap(({ plan }) => [
    ...Object.values(plan.inputs),
    ...Object.values(plan.columns).map(({ feature }) => feature),
  ]),
]);

describe('the catalogue of features', () => {
  let engine: Engine;
  let tables: FeatureTables;
  beforeAll(async () => {
    engine = await startNodeEngine();
    loadAttention(engine, [{ sym: 0, day: 11_000, known_day: 11_001, value: 3 }]);
    engine.run(`
      CREATE TABLE macro AS SELECT 'VIX' AS series, 11000 AS day, 11000 AS available_day, 20.0::DOUBLE AS value;
      CREATE TABLE universe AS SELECT 0 AS sym, 0 AS from_day, 99999 AS to_day;
    `);
    tables = loadBars(engine, sp500().slice(0, 300));
    await tables.compute(features, scales);
  });

  const explain = async (sql: string, values: SignalPlan['values']): Promise<string> => {
    engine.run(setVariables({ ...scales, ...values }));
    const plan = rows<Record<string, string>>(await engine.query(`EXPLAIN ${sql}`));
    return plan.map((row) => Object.values(row).join(' ')).join('\n');
  };

  it('holds every .sql file of the folder, and no other', () => {
    const files = readdirSync('src/sql/features')
      .map((name) => name.replace('.sql', ''))
      .sort();
    expect(Object.keys(featureSql).sort()).toEqual(files);
  });

  it.each(features.map((feature) => [featureKey(feature), feature] as const))(
    '%s is planned by the shipped engine',
    async (_, feature) => {
      expect(await explain(tables.sqlOf(feature), feature.values)).toContain('physical_plan');
    },
  );

  it.each([
    'true_range',
    'atr_sma',
    'z_score',
    'bar_return',
    'direction',
    'crowd_reactivity',
    'sma',
    'rsi_cutler',
    'moves',
    'highest',
    'momentum',
    'new_period',
    'corwin_schultz',
  ] as const)('%s runs as streaming windows, without sorting', async (name) => {
    const feature = features.find((one) => one.name === name) ?? constant(0);
    const plan = await explain(tables.sqlOf(feature), feature.values);
    expect(plan).toContain('STREAMING_WINDOW');
    expect(plan.replaceAll('STREAMING_WINDOW', '')).not.toMatch(/WINDOW|ORDER_BY/);
  });

  it.each(plans)('the signals of $id are planned and run', async ({ plan }) => {
    const signals = await signalRows(engine, tables, plan);
    const { weights } = plan;
    const sql = tables.bind(signalsSql(plan.sql, { halfSpread: false, weights }), plan.inputs);
    expect(await explain(sql, plan.values)).toContain('physical_plan');
    expect(signals).toHaveLength(300);
    for (const { side, exit, size_factor: factor } of signals) {
      expect([-1, 0, 1]).toContain(side);
      expect([0, 1, 2, 3]).toContain(exit);
      expect(factor).toBeGreaterThan(0);
    }
  });

  it('signals may carry the estimated half spread', async () => {
    const [{ plan }] = plans as [(typeof plans)[number]];
    const spread = spreadEstimate();
    await tables.compute([...Object.values(plan.inputs), spread], scales);
    const sql = tables.bind(signalsSql(plan.sql, { halfSpread: true, weights: plan.weights }), {
      ...plan.inputs,
      half_spread: spread,
    });
    engine.run(setVariables(plan.values));
    const half = rows<{ half_spread: number }>(await engine.query(sql)).map((r) => r.half_spread);
    expect(half.slice(0, 20).every(Number.isNaN)).toBe(true);
    expect(half.slice(20).every((x) => x >= 0 && x < 0.05)).toBe(true);
  });
});
