import { type Note, info, warning } from '../../domain/note.ts';
import { count, counted } from '../format.ts';

export const windowsStartFlat: Note = info(
  'Every test window starts flat with what the one before left, is warmed by earlier bars, and is closed at its last close, costs included.',
);

interface WalkForwardFacts {
  /** Sessions that the study purges; null leaves it to the holding time. */
  readonly asked: number | null;
  /** The longest holding time of the trials, in bars; null where one holds without limit. */
  readonly longest: number | null;
  /** The most sessions that any fold left out. */
  readonly purged: number;
  readonly folds: number;
  /** Folds in which no trial could be chosen. */
  readonly idle: number;
  readonly minimumTrades: number;
  readonly candidates: number;
  /** Candidates whose curves fitted into memory; null if all did. */
  readonly kept: number | null;
}

export function walkForwardNotes(facts: WalkForwardFacts): Note[] {
  const { asked, longest, purged, folds, idle, minimumTrades, candidates, kept } = facts;
  const notes = [
    windowsStartFlat,
    info(
      asked !== null || longest !== null
        ? `${count(purged)} sessions before each test window are left out of its training.`
        : `Some trials hold without limit: the longest holding time of the training’s own trades is left out before each test window, ${count(purged)} sessions at most.`,
    ),
  ];
  if (asked !== null && longest !== null && asked < longest)
    notes.push(
      warning(
        `The purge of ${count(asked)} sessions is shorter than the longest holding time of the trials, ${count(longest)}.`,
      ),
    );
  if (idle > 0)
    notes.push(
      warning(
        `${count(idle)} of ${count(folds)} test windows stay in cash: no parameter set had ${counted(minimumTrades, 'trade')} and a value of the objective in training.`,
      ),
    );
  if (kept !== null)
    notes.push(
      warning(
        `Only ${count(kept)} of ${count(candidates)} trials, drawn by the seed, were candidates: the curves of all would not fit into memory.`,
      ),
    );
  return notes;
}

interface CrossValidationFacts {
  readonly splits: number;
  readonly groups: number;
  readonly paths: number;
  /** Sessions left out before and after each test group. */
  readonly purge: number;
  readonly embargo: number;
  /** Splits in which no trial could be chosen. */
  readonly idle: number;
}

export function crossValidationNotes(facts: CrossValidationFacts): Note[] {
  const { splits, groups, paths, purge, embargo, idle } = facts;
  const notes = [
    info(
      `${counted(splits, 'split')} of ${count(groups)} groups make ${counted(paths, 'path')}. Training leaves out ${purge} sessions before and ${embargo} after each test group; each group is run flat, with the study’s initial cash, and closed at its end.`,
    ),
    info(
      'Splits that test early groups are trained on later ones: paths show how much hangs on luck, not what could have been earned.',
    ),
  ];
  if (idle > 0)
    notes.push(
      warning(
        `${counted(idle, 'split stays', 'splits stay')} in cash: no parameter set had enough trades in training.`,
      ),
    );
  return notes;
}
