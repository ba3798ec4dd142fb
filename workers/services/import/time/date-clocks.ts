import { LabError } from '../../../../src/domain/errors.ts';
import type { DateClocks } from '../../../../src/domain/time/bar-clock.ts';
import { dateClock } from '../../../../src/domain/time/date-clock.ts';
import { isZone } from '../../../../src/domain/time/zones.ts';
import type { CellSource } from '../cells.ts';
import { aDay, endsOf } from './hours.ts';
import type { Timing } from './timing.ts';

/**
 * The clocks by which attention and macro values are dated, as their files’ zones say; null where all are of UTC. Throws at a
 * file whose zone is none, or another than that of the files of its role before.
 */
export function dateClocksOf({ files }: Timing, sources: readonly CellSource[]): DateClocks | null {
  const ends = [...files.values()].map(({ known }) => endsOf(known));
  const from = Math.min(...ends.map(([first]) => first)) - aDay;
  const to = Math.max(...ends.map(([, last]) => last)) + aDay;
  const clocks = (['attention', 'macro'] as const).flatMap((role) => {
    const zone = zoneOfRole(sources.filter((one) => one.role === role));
    return zone === 'UTC' ? [] : [[role, dateClock(zone, from, to)] as const];
  });
  return clocks.length === 0 ? null : Object.fromEntries(clocks);
}

function zoneOfRole(sources: readonly CellSource[]): string {
  const zones = sources.map(({ input }) => input.zone ?? 'UTC');
  for (const [i, zone] of zones.entries()) {
    const place = { file: sources[i]!.input.name, value: zone };
    if (!isZone(zone))
      throw new LabError({
        kind: 'import',
        problem: 'There is no such time zone.',
        remedy: 'Name it as America/New_York, UTC or +05:30.',
        place,
      });
    if (zone !== zones[0])
      throw new LabError({
        kind: 'import',
        problem: `The dates of this file are of another zone than those of ${sources[0]!.input.name}, which are of ${zones[0]!}.`,
        remedy: 'Say one zone of all files of this kind.',
        place,
      });
  }
  return zones[0] ?? 'UTC';
}
