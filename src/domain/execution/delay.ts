import { type Market, rowsOf, type Signals, withSaid } from '../market.ts';

/** The signals as they stand `bars` bars later in each symbol. ATR and spread stay those of their own bar. */
export const delayed = (signals: Signals, market: Market, bars: number): Signals =>
  withSaid(signals, (column, silence) => {
    for (let s = 0; s < market.symbols.length; s++) {
      const own = column.subarray(...rowsOf(market, s));
      own.copyWithin(bars, 0);
      own.fill(silence, 0, bars);
    }
  });
