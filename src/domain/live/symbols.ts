import type { Market } from '../market.ts';

/** A broker's symbol as files write it: BTC/USDT is BTCUSDT there. */
export const bareSymbol = (symbol: string): string => symbol.replace('/', '');

/** The number of a broker's symbol in a dataset; −1 where it has none. */
export function numberOf(symbol: string, { symbols }: Pick<Market, 'symbols'>): number {
  const exact = symbols.indexOf(symbol);
  if (exact >= 0) return exact;
  const bare = bareSymbol(symbol);
  return symbols.findIndex((one) => bareSymbol(one) === bare);
}
