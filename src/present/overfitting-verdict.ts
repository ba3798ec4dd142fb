import { type Found, isMissing, valueOf } from '../domain/validation/statistics/found.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import {
  type OverfittingEvidence,
  type OverfittingKind,
  type OverfittingVerdict,
  asked,
  overfittingKind,
} from '../domain/validation/statistics/verdict.ts';
import { share, shortPercent } from './format.ts';

const openings: Readonly<Record<OverfittingKind, string>> = {
  'no edge': 'No edge is shown: a result like this is within what luck alone brings.',
  'edge likely overfit':
    'The edge is likely overfit: it looks good by itself, not as the best of what was tried.',
  'edge real, choice irrelevant':
    'The edge is real, and the choice of parameters adds nothing: nearly every parameter set has it.',
  'edge real': 'The edge is real as far as these data can tell, and so is the choice.',
};

/** The verdict on a report’s parts; missing where the run has no Sharpe ratio. */
export function overfittingVerdict({
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
  return verdictOn({
    probabilistic: sharpe.probability,
    deflated: deflated.probability,
    pbo: valueOf(pbo)?.probability ?? null,
    superior: valueOf(superior)?.consistent ?? null,
    cells: known && { positive: known.positive, low: known.middle.spread.p5 },
  });
}

export function verdictOn(evidence: OverfittingEvidence): OverfittingVerdict {
  const kind = overfittingKind(evidence);
  return { kind, sentences: [openings[kind], ...grounds(evidence)] };
}

function grounds({ deflated, pbo, superior, cells }: OverfittingEvidence): string[] {
  const found = [
    `The deflated Sharpe ratio gives ${shortPercent(deflated)} that the true Sharpe ratio exceeds what the best of as many trials without an edge would show; ${share(asked.confidence)} is asked.`,
  ];
  if (pbo === null) found.push('How the choice of parameters carries over could not be tested.');
  else
    found.push(
      `In ${shortPercent(pbo)} of the splits the parameters that were best in one half were below the middle in the other; below ${share(asked.pbo)} is asked, and half is a draw.`,
    );
  if (superior !== null)
    found.push(
      `Without any edge, the best of these trials would do as well in ${shortPercent(superior)} of resamples (SPA); below ${share(asked.superior)} is asked.`,
    );
  if (cells !== null)
    found.push(
      `${shortPercent(cells.positive)} of the trials have a Sharpe ratio above zero, and the middle one, which was not chosen, is ${cells.low > 0 ? 'clearly above zero' : 'not clearly above zero'}.`,
    );
  return found;
}
