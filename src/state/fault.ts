import { LabError } from '../domain/errors.ts';
import { mustBe } from '../domain/study/expectation.ts';
import { completeStudy } from '../domain/study/study.ts';
import type { Field } from '../domain/study/form.ts';
import { boundsInPercent } from '../present/typed.ts';
import { isAt } from '../domain/study/pointer.ts';

/** Why a study is not valid, as its field says it. */
export interface Fault {
  readonly problem: string;
  readonly remedy: string;
  /** Where in a text it goes wrong, in UTF-16 units from 0, and how long the wrong part is. */
  readonly at: { readonly offset: number; readonly length: number } | null;
}

/** What stands against a study, told at one of its fields; null where nothing does. */
export function faultOf(study: unknown, { path, kind, unit }: Field): Fault | null {
  try {
    completeStudy(study);
    return null;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const { problem, place, expected, remedy = '' } = error.data;
    const { offset, value = '' } = place ?? {};
    return {
      problem:
        expected !== undefined && isAt(place?.path ?? '', path)
          ? mustBe(
              unit === 'ratio' ? boundsInPercent(expected.what) : expected.what,
              expected.orNull && kind === 'date' ? ', or empty' : '',
            )
          : problem,
      remedy,
      at: offset === undefined ? null : { offset, length: value.length },
    };
  }
}

export function isValid(study: unknown): boolean {
  try {
    completeStudy(study);
    return true;
  } catch (error) {
    if (error instanceof LabError) return false;
    throw error;
  }
}
