import { LabError } from '../../../src/domain/errors.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import type { Learning } from '../../../src/domain/validation/learning.ts';
import type { ValidationContext } from './walk-forward.ts';

export function learn(study: Study, _context: ValidationContext): Promise<Learning> {
  throw new LabError({ kind: 'study', problem: `${study.strategy.id} has no weights to learn.` });
}
