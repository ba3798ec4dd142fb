import { isoFromDay } from '../calendar.ts';
import type { Query } from './source.ts';

/** Whether an address has places for what differs: {symbol}, {from} or {to}. */
export const isTemplate = (address: string): boolean => /\{(symbol|from|to)\}/.test(address);

/** An address for each symbol; dates are ISO. A symbol’s own name is its file’s. */
export const expanded = (
  template: string,
  { symbols, from, to }: Pick<Query, 'symbols' | 'from' | 'to'>,
): readonly { readonly symbol: string; readonly address: string }[] =>
  symbols.map(({ symbol, name }) => ({
    symbol: symbol ?? name,
    address: template
      .replaceAll('{symbol}', encodeURIComponent(name))
      .replaceAll('{from}', isoFromDay(from))
      .replaceAll('{to}', isoFromDay(to)),
  }));
