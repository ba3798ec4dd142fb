/** The headline workload, for any engine: ATR(14, sma) and two 90-bar z-scores, at least 30 values. */
import { atr, bars, zScore } from '../../src/domain/features.ts';
import { defaultStudy } from '../../src/domain/study/study.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import plainSql from './plain.sql?raw';

const range = atr('sma', 14);
const zAtr = zScore(range, 'ticks', 90, 30);
const zVolume = zScore(bars, 'volume_ticks', 90, 30);
const { priceDecimals, volumeDecimals, attentionDecimals } = defaultStudy().precision;
const scales = {
  price_scale: Number(`1e${priceDecimals}`),
  volume_scale: Number(`1e${volumeDecimals}`),
  attention_scale: Number(`1e${attentionDecimals}`),
};

/** `engine` holds `imported_bars`. Times are milliseconds. */
export function featureWorkload(engine) {
  const tables = new FeatureTables(engine);
  const timed = async (work) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  return {
    /** Our shipped SQL: feature tables cold, bars prepared (how long that took comes second). */
    async ours() {
      tables.clear();
      const prepared = await timed(() => tables.compute([bars], scales));
      return [await timed(() => tables.compute([range, zAtr, zVolume], scales)), prepared];
    },
    oursSql: () => `
      SELECT coalesce(a.value, 'NaN'::DOUBLE) AS atr, coalesce(b.value, 'NaN'::DOUBLE) AS z_atr,
             coalesce(c.value, 'NaN'::DOUBLE) AS z_volume
      FROM bars POSITIONAL JOIN "${tables.tableOf(range)}" AS a
           POSITIONAL JOIN "${tables.tableOf(zAtr)}" AS b POSITIONAL JOIN "${tables.tableOf(zVolume)}" AS c`,
    /** The same by plain windows, from a table of their own. */
    async plain() {
      await engine.query(`CREATE OR REPLACE TABLE plain_bars AS
        SELECT sym, bar, high, low, close, volume FROM bars ORDER BY row`);
      return [await timed(() => engine.query(`CREATE OR REPLACE TABLE plain AS ${plainSql}`))];
    },
    plainSql: () => `
      SELECT coalesce(atr, 'NaN'::DOUBLE) AS atr, coalesce(z_atr, 'NaN'::DOUBLE) AS z_atr,
             coalesce(z_volume, 'NaN'::DOUBLE) AS z_volume
      FROM plain ORDER BY sym, bar`,
  };
}

export const featureColumns = ['atr', 'z_atr', 'z_volume'];
