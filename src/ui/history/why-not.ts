import type { LabErrorData } from '../../domain/errors.ts';

/** What is said beside a field; empty where nothing is wrong. */
export const whyNot = (error: LabErrorData | null): string =>
  error === null ? '' : [error.problem, error.remedy].filter(Boolean).join(' ');
