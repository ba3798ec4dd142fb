/** What the page shows of walk-forward, cross-validation and learning. */
export type { FoldRegimes, Learning } from '../domain/validation/learning.ts';
export type {
  CrossValidation,
  FoldResult,
  ParameterStability,
  Stitched,
  WalkForward,
} from '../domain/validation/walk-forward.ts';
export { at } from '../domain/study/pointer.ts';
