import { isoFromDay } from '../../domain/calendar.ts';
import { type Detail, type Market, rowsOf } from '../../domain/market.ts';
import { type Note, info, warning } from '../../domain/note.ts';
import { count, counted } from '../format.ts';
import { shortList } from '../words.ts';

/** What finer bars are to the bars that they lie inside of. */
export function finerFit(market: Market & { readonly detail: Detail }): Note {
  const { detail, day } = market;
  const all = day.length;
  const fit = `Finer bars lie inside ${count(detail.bars)} of ${counted(all, 'bar')}: stops, targets and priced entries are walked through them.`;
  if (detail.unfit === 0) return detail.bars === 0 ? warning(fit) : info(fit);
  const row = detail.firstUnfit;
  const symbol = market.symbols.findIndex((_, s) => row < rowsOf(market, s)[1]);
  return warning(
    `${fit} Those inside ${counted(detail.unfit, 'other')} do not come to its high and low, and are left out (the first: ${market.symbols[symbol]} on ${isoFromDay(day[row]!)}): they have gaps, or are adjusted otherwise.`,
  );
}

export const finerElsewhere = (symbols: readonly string[]): Note =>
  info(`Finer bars of symbols without bars are left out: ${shortList(symbols)}.`);
