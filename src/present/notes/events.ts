import { type Note, info, warning } from '../../domain/note.ts';
import { amount, counted, shortPercent } from '../format.ts';
import { shortList } from '../words.ts';

/** What instruments and cash events say that the bars do not bear out. */

export const eventsOutside = (
  symbols: readonly { readonly symbol: string; readonly events: number }[],
): Note =>
  info(
    `Events that do not fall between two bars of their symbol are left out: ${shortList(symbols.map(({ symbol, events }) => `${symbol} (${events})`))}.`,
  );

export const linkedPrices = (
  symbols: readonly { readonly symbol: string; readonly splits: number }[],
): Note =>
  info(
    `Prices are linked over splits: ${shortList(symbols.map(({ symbol, splits }) => `${symbol} (${splits})`))}. Charts and features show each at the shares of its symbol’s first bar; trades and fills tell what was traded.`,
  );

/** Prices that dividends were taken out of before. */
export const paidTwice = (
  symbols: readonly { readonly symbol: string; readonly events: number; readonly total: number }[],
): Note =>
  warning(
    `Prices look adjusted for dividends already, as they do not fall on ex-dates: ${shortList(
      symbols.map(
        ({ symbol, events, total }) =>
          `${symbol} (${counted(events, 'dividend')}, ${shortPercent(total)} together)`,
      ),
      5,
      '; ',
    )}. If they are, these dividends count twice and overstate the total return by as much; give the prices as they were traded, or leave the dividends out.`,
  );

export const offTick = (
  symbols: readonly { readonly symbol: string; readonly bars: number; readonly tick: number }[],
): Note =>
  warning(
    `Prices are no multiples of the tick: ${shortList(
      symbols.map(
        ({ symbol, bars, tick }) => `${symbol} (${counted(bars, 'bar')}, tick ${amount(tick)})`,
      ),
    )}. Either the tick is another, or the prices are not as printed.`,
  );
