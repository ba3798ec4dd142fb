import { availableParallelism, loadavg } from 'node:os';

/**
 * Milliseconds that so many seconds of an idle machine may last here: where more processes want a core than there are
 * cores, all are slower. (Windows knows no load: there it is never longer.)
 * @param {number} seconds
 */
export const patient = (seconds) =>
  1000 * seconds * Math.max(1, (2 * (loadavg()[0] ?? 0)) / availableParallelism());
