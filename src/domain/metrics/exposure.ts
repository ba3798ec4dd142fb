import type { Equity } from '../run.ts';
import type { Ratio } from '../units.ts';

/** What is held, by session and in currency, as a share of equity; NaN where nothing is left of that. */
export const shareOfEquity = (equity: Float64Array, held: Float64Array): Float64Array =>
  held.map((value, session) => (equity[session]! > 0 ? value / equity[session]! : NaN));

/** Mean over all sessions of what was held, as a share of equity; 0 where there is no session. */
export function averageExposure({ equity, gross }: Pick<Equity, 'equity' | 'gross'>): Ratio {
  const sum = shareOfEquity(equity, gross).reduce(
    (sum, share) => sum + (Number.isNaN(share) ? 0 : share),
    0,
  );
  return equity.length === 0 ? 0 : sum / equity.length;
}
