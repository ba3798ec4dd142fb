import { isoFromDay } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import { importSql } from '../../../src/sql/catalogue.ts';
import { setVariables } from '../../../src/sql/sql.ts';
import { rows } from '../columns.ts';
import { errorAt } from './cells.ts';
import type { Checked } from './checks.ts';
import { int32s, putTable, texts } from './tables.ts';

/** Multiplies the prices of some symbols by their pair's newest rate dated before each bar. */
export async function convertPrices(
  context: Checked,
  symbols: readonly string[],
  foreign: readonly { readonly sym: number; readonly pair: string }[],
): Promise<void> {
  const { engine, sources, signal } = context;
  putTable(engine, 'next_pairs', {
    sym: int32s(foreign.map(({ sym }) => sym)),
    series: texts(foreign.map(({ pair }) => pair)),
  });
  await engine.query(`CREATE OR REPLACE TABLE next_rates AS ${importSql.rates}`, signal);
  const [bad] = rows<{ series: string; day: number }>(
    await engine.query('SELECT series, day FROM next_rates WHERE NOT value > 0 LIMIT 1', signal),
  );
  if (bad !== undefined) {
    throw new LabError({
      kind: 'import',
      problem: `The rate ${bad.series} of ${isoFromDay(bad.day)} is not above zero.`,
      remedy: 'Correct the value, or remove it.',
    });
  }
  await engine.query(`CREATE OR REPLACE TABLE next_rated AS ${importSql.barsRated}`, signal);
  const [bare] = rows<{ sym: number; day: number; series: string }>(
    await engine.query(importSql.barsUnrated, signal),
  );
  if (bare !== undefined) {
    engine.run(setVariables({ sym: bare.sym, day: bare.day }));
    const [place] = rows<{ row: number }>(await engine.query(importSql.barsPlace));
    throw await errorAt(engine, sources, { row: place?.row ?? 0, field: 'date' }, () => ({
      problem: `There is no rate ${bare.series} in the 7 days before ${symbols[bare.sym]}’s bar of ${isoFromDay(bare.day)}.`,
      remedy: 'Add rates for these days to the macro data, or begin the bars later.',
    }));
  }
  await engine.query(`CREATE OR REPLACE TABLE next_bars AS ${importSql.barsConverted}`, signal);
}
