import { simulate } from '../../execution/simulate.ts';
import { exitReasons } from '../../run.ts';
import { type Cheat, plainStudy } from './cheat.ts';

const stopped = exitReasons.indexOf('stop');

export const seeingStop: Cheat = {
  id: 'seeing-stop',
  title: 'A stop that sees the low first',
  does: 'Leaves out the entries that their own bar would stop out: it knows the bar’s low before its open.',
  where:
    'Vectorised loops that drop a trade where low < stop before they book its entry, or enter only where the day ended well.',
  caughtBy: ['own-bar'],
  study: { ...plainStudy, exits: { ...plainStudy.exits, stop: 0.4 } },
  simulate(market, signals, settings) {
    const side = signals.side.slice();
    // Without these entries others may fill: again, until none is stopped out in its own bar.
    for (;;) {
      const run = simulate(market, { ...signals, side }, settings);
      let dropped = 0;
      for (let i = 0; i < run.trades.length; i++) {
        const { reason, entryRow, exitRow, signalRow } = run.trades;
        if (reason[i] !== stopped || entryRow[i] !== exitRow[i]) continue;
        side[signalRow[i]!] = 0;
        dropped++;
      }
      if (dropped === 0) return run;
    }
  },
};
