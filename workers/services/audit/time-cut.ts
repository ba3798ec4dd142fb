import { type Market, rowsOf, symbolNumber } from '../../../src/domain/market.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import {
  type Moment,
  momentOfDay,
  momentOfInstant,
} from '../../../src/domain/validation/look-ahead-replays.ts';
import type { SignalSeries } from '../../../src/wire/lab.ts';
import { instantsOf } from '../columns.ts';
import { planOf } from '../signals.ts';
import type { AuditContext } from './look-ahead.ts';
import { type WorldData, withWorlds, dataOf } from './worlds.ts';
import type { Day } from '../../../src/domain/units.ts';

/**
 * The signal chart's column of one symbol, computed anew where everything after `day` is cut off: bars up to it, and what
 * was known by then of attention, macro and universe. Laid over the full one, nothing may move. Serve no other call of
 * the lab meanwhile.
 */
export async function signalsCutAt(
  symbol: string,
  day: Day,
  study: Study,
  { engine, dataset, signal }: Omit<AuditContext, 'onProgress'>,
): Promise<SignalSeries> {
  const { symbols } = dataset.market;
  const s = symbolNumber(dataset.market, symbol);
  const plan = planOf(study, dataset);
  const world = dataOf(dataset);
  return withWorlds(engine, signal, world, async (worlds) => {
    worlds.open();
    await worlds.enter({ ...momentAfter(day, dataset.market, world), future: 'absent' });
    const market = await worlds.market(symbols);
    const { column, label, threshold } = plan.chart;
    const columns = await worlds.columns(study, plan, [column], s);
    const [from, end] = rowsOf(market, s);
    return {
      symbol,
      label,
      threshold,
      day: market.day.slice(from, end),
      ...instantsOf(market, from, end),
      close: market.close.slice(from, end),
      value: columns[column] ?? new Float64Array(0),
    };
  });
}

/** When the last bar of the sessions up to a day is known. */
function momentAfter(day: Day, market: Market, { frame }: WorldData): Moment {
  const { clock } = market;
  if (clock === undefined) return momentOfDay('cut', day);
  let last = -1;
  for (let row = 0; row < market.day.length; row++)
    if (market.day[row]! <= day && clock.known[row]! > last) last = clock.known[row]!;
  return momentOfInstant('cut', last, { ...market, clock }, frame);
}
