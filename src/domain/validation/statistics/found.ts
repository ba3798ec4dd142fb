/** Why a part of the statistics has no value, in plain words. */
export interface Missing {
  readonly reason: string;
}

/** A value, or why there is none. */
export type Found<T extends object> = T | Missing;

export const isMissing = <T extends object>(found: Found<T>): found is Missing => 'reason' in found;

/** The value, or null where there is none. */
export const valueOf = <T extends object>(found: Found<T>): T | null =>
  isMissing(found) ? null : found;

/** Reasons that several parts share. */
export const because = {
  ruined: 'Equity fell to zero or below.',
  flat: 'Returns don’t vary.',
  noSearch: 'No parameter search has been run yet.',
  adaptive:
    'The search chose its trials by their results: what is left to compare is good by choice, and these numbers would be too kind.',
} as const;
