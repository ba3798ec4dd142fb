import allAlong from './audit/all_along.sql?raw';
import attention from './audit/attention.sql?raw';
import bars from './audit/bars.sql?raw';
import chosenBars from './audit/chosen_bars.sql?raw';
import counts from './audit/counts.sql?raw';
import macro from './audit/macro.sql?raw';
import noLargest from './audit/no_largest.sql?raw';
import noNoise from './audit/no_noise.sql?raw';
import originals from './audit/originals.sql?raw';
import restore from './audit/restore.sql?raw';
import universe from './audit/universe.sql?raw';

/** What the audits replay studies on: the imported tables, changed and shadowed by temporary ones. */
export const auditSql = {
  originals,
  noLargest,
  noNoise,
  counts,
  bars,
  chosenBars,
  allAlong,
  attention,
  macro,
  universe,
  restore,
} as const;
