import { type NumberOrReason, ROUNDING, given } from '../finding.ts';
import type { Tally } from '../tally.ts';

/** Measures of closed trades, or why there are none of them. Each is given how many there are. */
export function ofClosed(
  tally: Tally,
  measure: (closed: number) => NumberOrReason,
): NumberOrReason {
  if (tally.closed > 0) return measure(tally.closed);
  const side = sideOf(tally);
  return tally.trades === 0 ? `There are no ${side}trades.` : `Every ${side}trade is still open.`;
}

export const ofWinners = (
  tally: Tally,
  measure: (wins: number) => NumberOrReason,
): NumberOrReason =>
  ofClosed(tally, () =>
    tally.wins > 0 ? measure(tally.wins) : `No closed ${sideOf(tally)}trade made money.`,
  );

export const ofLosers = (
  tally: Tally,
  measure: (losses: number) => NumberOrReason,
): NumberOrReason =>
  ofClosed(tally, () =>
    tally.losses > 0 ? measure(tally.losses) : `No closed ${sideOf(tally)}trade lost money.`,
  );

const sideOf = ({ side }: Tally): string => (side === 'all' ? '' : `${side} `);

/** The best or the worst return of a closed trade. */
export const of = (tally: Tally, which: 'best' | 'worst'): NumberOrReason =>
  ofClosed(tally, () => tally[which]);

/** What was won ÷ what was lost (≤ 0), in money or in returns. */
export const profitFactorOf = (tally: Tally, won: number, lost: number): NumberOrReason =>
  ofLosers(tally, () => won / -lost);

/** √n × mean ÷ sd (n − 1) of the profits of closed trades. */
export const sqnOf = (tally: Tally): NumberOrReason =>
  ofClosed(tally, (closed) => {
    if (closed < 2) return 'There is only one closed trade.';
    const mean = tally.net / closed;
    if (tally.netDeviation <= ROUNDING * Math.abs(mean)) return 'Every closed trade made the same.';
    return (Math.sqrt(closed) * mean) / tally.netDeviation;
  });

/** W − (1 − W) ÷ (mean win ÷ mean loss), of the profits of closed trades. */
export const kellyOf = (tally: Tally): NumberOrReason =>
  given(
    ofLosers(tally, (losses) =>
      ofWinners(tally, (wins) => tally.won / wins / (-tally.lost / losses)),
    ),
    (payoff) => {
      const rate = tally.wins / tally.closed;
      return rate - (1 - rate) / payoff;
    },
  );
