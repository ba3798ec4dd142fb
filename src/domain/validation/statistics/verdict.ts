import { percentText } from '../finding.ts';

export type OverfittingKind =
  'no edge' | 'edge likely overfit' | 'edge real, choice irrelevant' | 'edge real';

export interface OverfittingVerdict {
  readonly kind: OverfittingKind;
  /** The verdict, then what it stands on; plain sentences. */
  readonly sentences: readonly string[];
}

/** What the verdict stands on; null where it could not be computed. */
export interface OverfittingEvidence {
  /** Probability that the run’s true Sharpe ratio exceeds 0, and what trials without an edge would show (DSR). */
  readonly probabilistic: number;
  readonly deflated: number;
  readonly pbo: number | null;
  /** p-value of SPA, consistent. */
  readonly superior: number | null;
  /** Of the search’s trials: share above 0, and the middle one’s Sharpe ratio at the 5 % end of its bootstrap. */
  readonly cells: { readonly positive: number; readonly low: number } | null;
}

/** Confidence asked of PSR and DSR, as Bailey & López de Prado (2014) use it. */
const confident = 0.95;
const highestP = 0.05;
/** From this PBO on, the choice is not told from a draw: a rule of thumb of this program. */
const highestPbo = 0.2;
/** From this share of trials on, the edge is nearly every trial’s. */
const nearlyAll = 0.9;

const openings: Readonly<Record<OverfittingKind, string>> = {
  'no edge': 'No edge is shown: a result like this is within what luck alone brings.',
  'edge likely overfit':
    'The edge is likely overfit: it looks good by itself, not as the best of what was tried.',
  'edge real, choice irrelevant':
    'The edge is real, and the choice of parameters adds nothing: nearly every parameter set has it.',
  'edge real': 'The edge is real as far as these data can tell, and so is the choice.',
};

export function overfittingVerdict(evidence: OverfittingEvidence): OverfittingVerdict {
  const kind = kindOf(evidence);
  return { kind, sentences: [openings[kind], ...grounds(evidence)] };
}

function kindOf({
  probabilistic,
  deflated,
  pbo,
  superior,
  cells,
}: OverfittingEvidence): OverfittingKind {
  const beats = superior === null || superior < highestP;
  const chosenWell = pbo === null || pbo < highestPbo;
  const everywhere = cells !== null && cells.low > 0 && cells.positive >= nearlyAll;
  if (everywhere && beats && !chosenWell) return 'edge real, choice irrelevant';
  if (!(probabilistic > confident)) return 'no edge';
  return deflated > confident && beats && chosenWell ? 'edge real' : 'edge likely overfit';
}

function grounds({ deflated, pbo, superior, cells }: OverfittingEvidence): string[] {
  const found = [
    `The deflated Sharpe ratio gives ${percentText(deflated)} that the true Sharpe ratio exceeds what the best of as many trials without an edge would show; ${percentText(confident, 0)} is asked.`,
  ];
  if (pbo === null) found.push('How the choice of parameters carries over could not be tested.');
  else
    found.push(
      `In ${percentText(pbo)} of the splits the parameters that were best in one half were below the middle in the other; below ${percentText(highestPbo, 0)} is asked, and half is a draw.`,
    );
  if (superior !== null)
    found.push(
      `Without any edge, the best of these trials would do as well in ${percentText(superior)} of resamples (SPA); below ${percentText(highestP, 0)} is asked.`,
    );
  if (cells !== null)
    found.push(
      `${percentText(cells.positive)} of the trials have a Sharpe ratio above zero, and the middle one, which was not chosen, is ${cells.low > 0 ? 'clearly above zero' : 'not clearly above zero'}.`,
    );
  return found;
}
