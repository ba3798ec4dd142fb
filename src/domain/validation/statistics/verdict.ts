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

/** What is asked of each. */
export const asked = {
  /** Confidence of PSR and DSR, as Bailey & López de Prado (2014) use it: above it. */
  confidence: 0.95,
  /** p-value of SPA: below it. */
  superior: 0.05,
  /** From this PBO on, the choice is not told from a draw: a rule of thumb of this program. */
  pbo: 0.2,
} as const;
/** From this share of trials on, the edge is nearly every trial’s. */
const nearlyAll = 0.9;

export function overfittingKind({
  probabilistic,
  deflated,
  pbo,
  superior,
  cells,
}: OverfittingEvidence): OverfittingKind {
  const beats = superior === null || superior < asked.superior;
  const chosenWell = pbo === null || pbo < asked.pbo;
  const everywhere = cells !== null && cells.low > 0 && cells.positive >= nearlyAll;
  if (everywhere && beats && !chosenWell) return 'edge real, choice irrelevant';
  if (!(probabilistic > asked.confidence)) return 'no edge';
  return deflated > asked.confidence && beats && chosenWell ? 'edge real' : 'edge likely overfit';
}
