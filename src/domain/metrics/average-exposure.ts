import type { Equity } from '../run.ts';
import type { Ratio } from '../units.ts';

/** Mean over all sessions of what was held, as a share of equity; 0 where there is no session. */
export function averageExposure({ equity, gross }: Pick<Equity, 'equity' | 'gross'>): Ratio {
  const shares = equity.map((value, i) => (value > 0 ? gross[i]! / value : 0));
  return equity.length === 0 ? 0 : shares.reduce((sum, one) => sum + one, 0) / equity.length;
}
