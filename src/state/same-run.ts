import { type Study, canonicalJson } from '../domain/study/study.ts';

/** Two studies of one run: how a study is put to the test changes no trade. */
export const sameRun = (a: Study, b: Study): boolean =>
  a === b ||
  canonicalJson({ ...a, validation: null }) === canonicalJson({ ...b, validation: null });
