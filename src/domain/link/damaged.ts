import { LabError, type Place } from '../errors.ts';

/** Why a value is no payload, and where. */
export interface Damage {
  readonly why: string;
  /** JSON pointer. */
  readonly path: string;
  readonly value?: string;
}

/** The failure of a link that is not what some Outsample wrote. */
export const damaged = (why: string, { path, value }: Place = {}): LabError =>
  new LabError({
    kind: 'link',
    problem: `The link is damaged: ${why}.`,
    remedy: 'Copy it again, to its last character, or ask for it again.',
    place: { path: path?.slice(0, 100), value: value?.slice(0, 60) },
  });
