/**
 * The most that is read of what a person brings, where the page and the command share it; docs/LIMITS.md has all limits.
 * What the engine would take far longer for, or more memory than there is, is refused before it is begun.
 */

/** Bytes of a study file; those with every setting written out have some 10 kB. */
export const largestStudyFile = 1_000_000;
/** Lists and objects inside one another, in a study and in a link. */
export const deepestJson = 16;
/** Bytes of a file of data, inflated where it is packed; and of all that archives hold which are opened at once. */
export const largestDataFile = 2_000_000_000;
/** What is packed and inflates to more than this is refused where it is so many times its size: tables come to a tenth. */
export const largestSuspect = 50_000_000;
export const mostInflation = 100;
/** Bytes of a workbook, unpacked: reading one takes several times as much. */
export const largestWorkbook = 200_000_000;
/** Members of an archive. */
export const mostMembers = 10_000;
/** Columns of a file of data. */
export const mostColumns = 10_000;
/** Trials × periods of a file of trial returns, eight bytes each in memory; and its periods, which are resampled. */
export const mostReturns = 60_000_000;
export const mostPeriods = 200_000;
/** Characters of a value, and of a sentence, that an error repeats. */
export const longestValue = 80;
export const longestSentence = 2_000;
