/** What a pinned run is called by its place, from 1, so that runs of one name are told apart; empty for others. */
export const letterAt = (place: number): string => 'ABCD'[place - 1] ?? '';
