/**
 * Exact windows over whole chunks of rows, which SQL calls (src/sql/kernels.sql): the features’ definitions are in
 * src/sql/features, and these give the same bits. In AssemblyScript; `npm run kernels` compiles it.
 */
import { forgetCorrelation } from './correlation';
import { forgetHighest } from './highest';
import { forgetSmoothed } from './smoothed';
import { forgetSum } from './sum';
import { forgetZScore } from './z-score';

export { addressOfColumn, addressOfGiven, addressOfKnown, addressOfResults } from './chunk';
export { correlation } from './correlation';
export { highest } from './highest';
export { smoothed } from './smoothed';
export { rangeSum, sum } from './sum';
export { zScore } from './z-score';

/** Another statement begins: nothing is kept of the one before. */
export function begin(): void {
  forgetCorrelation();
  forgetHighest();
  forgetSmoothed();
  forgetSum();
  forgetZScore();
  // @ts-ignore: only the runtime that is chosen has it.
  heap.reset();
}
