import { type Found, isMissing, valueOf } from './found.ts';
import type { OverfittingReport } from './report.ts';
import { type OverfittingVerdict, overfittingVerdict } from './verdict.ts';

/** The verdict on a report’s parts; missing where the run has no Sharpe ratio. */
export function verdictOfReport({
  sharpe,
  deflated,
  pbo,
  superior,
  cells,
}: Pick<
  OverfittingReport,
  'sharpe' | 'deflated' | 'pbo' | 'superior' | 'cells'
>): Found<OverfittingVerdict> {
  if (isMissing(sharpe)) return sharpe;
  if (isMissing(deflated)) return deflated;
  const known = valueOf(cells);
  return overfittingVerdict({
    probabilistic: sharpe.probability,
    deflated: deflated.probability,
    pbo: valueOf(pbo)?.probability ?? null,
    superior: valueOf(superior)?.consistent ?? null,
    cells: known && { positive: known.positive, low: known.middle.spread.p5 },
  });
}
