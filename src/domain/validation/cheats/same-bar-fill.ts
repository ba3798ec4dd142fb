import { simulate } from '../../execution/simulate.ts';
import { type Market, type Signals, rowsOf } from '../../market.ts';
import { type Cheat, plainStudy } from './cheat.ts';

export const sameBarFill: Cheat = {
  id: 'same-bar-fill',
  title: 'Same-bar fill',
  does: 'Fills at the open of the very bar whose close gave the signal.',
  where:
    'Multiplying a position by the same bar’s open-to-close return: a shift by one bar was forgotten.',
  caughtBy: ['own-bar'],
  study: plainStudy,
  simulate: (market, signals, settings) => simulate(market, aBarEarly(signals, market), settings),
};

/** What is said at each bar's close, said at the close before. */
function aBarEarly(signals: Signals, market: Market): Signals {
  const early = <T extends Int8Array | Float64Array>(column: T): T => {
    const shifted = column.slice() as T;
    for (let s = 0; s < market.symbols.length; s++) {
      const [from, end] = rowsOf(market, s);
      if (end === from) continue;
      shifted.copyWithin(from, from + 1, end);
      shifted[end - 1] = 0;
    }
    return shifted;
  };
  return { ...signals, side: early(signals.side), exit: early(signals.exit) };
}
