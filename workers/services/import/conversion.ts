import { isoFromDay } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading, within } from '../../../src/sql/query.ts';
import { ask, keep } from '../ask.ts';
import { errorAt } from './cells.ts';
import { type Checked, rowsOfBars } from './checks.ts';
import { int32s, putTable, textVector } from './tables.ts';

const badRate = reading('SELECT series, day FROM next_rates WHERE NOT value > 0 LIMIT 1', {
  series: 'text',
  day: 'integer',
});

/** Multiplies the prices of some symbols by their pair's newest rate dated before each bar, and dividends by their bar's. */
export async function convertPrices(
  context: Checked,
  symbols: readonly string[],
  foreign: readonly { readonly sym: number; readonly pair: string }[],
): Promise<void> {
  const { engine, sources, at, signal } = context;
  putTable(engine, 'next_pairs', {
    sym: int32s(foreign.map(({ sym }) => sym)),
    series: textVector(foreign.map(({ pair }) => pair)),
  });
  await keep(engine, 'next_rates', importSql.rates, {}, signal);
  const [bad] = await ask(engine, badRate, {}, signal);
  if (bad !== undefined) {
    throw new LabError({
      kind: 'import',
      problem: `The rate ${bad.series} of ${isoFromDay(bad.day)} is not above zero.`,
      remedy: 'Correct the value, or remove it.',
    });
  }
  await keep(engine, 'next_rated', importSql.barsRated, {}, signal);
  const [bare] = await ask(engine, importSql.barsUnrated, {}, signal);
  if (bare !== undefined) {
    const row = (await rowsOfBars(context, [bare])).get(bare.sym) ?? 0;
    throw await errorAt(engine, sources, { row, field: 'date' }, () => ({
      problem: `There is no rate ${bare.series} in the 7 days before ${symbols[bare.sym]}’s bar of ${isoFromDay(bare.day)}.`,
      remedy: 'Add rates for these days to the macro data, or begin the bars later.',
    }));
  }
  const hasInstruments = sources.some(({ role }) => role === 'instruments');
  const [amount] = hasInstruments
    ? await ask(engine, importSql.instrumentsForeign, {}, signal)
    : [];
  if (amount !== undefined) {
    throw await errorAt(engine, sources, amount, () => ({
      problem: `The prices of ${symbols[amount.sym]} are converted to another currency, and what is said of its contract is in its own.`,
      remedy: 'Import this currency by itself, or leave tick, margin and multiplier out.',
    }));
  }
  await keep(engine, 'next_events', importSql.eventsConverted, {}, signal);
  await keep(engine, 'next_bars', within(importSql.barsConverted, { at }), {}, signal);
}
