import { LabError } from '../../src/domain/errors.ts';
import { type MadeLength, readLength, whyNotMade } from '../../src/domain/study/bar-length.ts';
import type { BarsMade } from '../../src/domain/study/session.ts';
import type { BarClock, DateClocks } from '../../src/domain/time/bar-clock.ts';
import { resampledSql } from '../../src/sql/catalogue.ts';
import { type Moments, type Timing, setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';

/** The bars that a study thinks in: those of the data, or longer ones made of them. */
export interface Frame {
  /** What tells it from others of the same data. */
  readonly key: string;
  readonly timing: Timing;
  readonly bars: BarsMade;
  /** Seconds of a bar. */
  readonly seconds: number;
  /** Of the data; not given where they are dated by days. */
  readonly clock?: BarClock;
  /** By which values beside the bars are dated, where that is not UTC. */
  readonly dates?: DateClocks;
}

const given: BarsMade = { every: 'given', hours: 'all' };
const DAY = 86_400;

/** Of bars dated by days. */
export const frameOfDays: Frame = {
  key: 'days',
  timing: 'dates',
  bars: given,
  seconds: DAY,
};

/** The frame of a study over a dataset with this clock; what cannot be made of its bars is refused. */
export function frameOf(
  clock: BarClock | undefined,
  { bars = given }: { readonly bars?: BarsMade },
): Frame {
  if (clock === undefined) {
    if (isGiven(bars)) return frameOfDays;
    throw refusal(bars, 'these are dated by days, without an exchange');
  }
  const { length, seconds } = readLength(bars.every);
  const why = bars.every === 'given' ? null : whyNotMade(bars.every, clock.seconds);
  if (why !== null) throw refusal(bars, why);
  const own = length === 'given' ? clock.seconds : length === 'time' ? seconds : DAY;
  // Bars of whole sessions of one place close one after another: its dates are instants.
  const byDates =
    own >= DAY && new Set(clock.places.map((place) => JSON.stringify(place))).size === 1;
  const timing = byDates ? 'dates' : 'instants';
  return {
    key: JSON.stringify([bars.every, bars.hours, timing, clock.dates]),
    ...{ timing, bars, seconds: own, clock },
    ...(clock.dates && { dates: clock.dates }),
  };
}

export const isGiven = ({ every, hours }: BarsMade): boolean =>
  every === 'given' && hours === 'all';

/** The frame of longer bars beside a study's own, in the same hours. Those of data dated by days are known by dates. */
export const longerFrame = ({ clock, bars: { hours } }: Frame, every: MadeLength): Frame =>
  clock === undefined
    ? { ...frameOfDays, bars: { every, hours } }
    : frameOf(clock, { bars: { every, hours } });

const madeBars = 'resampled_bars';

/** The table that the bars of a study's frame are in. */
export const sourceOf = ({ bars }: Frame): string => (isGiven(bars) ? 'imported_bars' : madeBars);

/** When its bars are known, as queries name it. */
export const momentsOf = ({ timing, dates }: Frame): Moments => ({
  timing,
  today: dates?.attention?.ahead,
  over: dates?.macro?.ahead,
});

/** Makes a frame's bars of imported_bars, whichever table that name stands for now. */
export async function makeBars(
  { bars, clock }: Frame,
  engine: Engine,
  temporary: boolean,
  signal?: AbortSignal,
  table = madeBars,
): Promise<void> {
  if (isGiven(bars)) return;
  engine.run(setVariables({ ...readLength(bars.every), regular: bars.hours === 'regular' }));
  const kind = temporary ? 'TEMP TABLE' : 'TABLE';
  const sql = resampledSql(clock !== undefined);
  await engine.query(`CREATE OR REPLACE ${kind} ${table} AS\n${sql}`, signal);
}

const refusal = ({ every }: BarsMade, why: string): LabError =>
  new LabError({
    kind: 'study',
    problem: `Bars of ${every} cannot be made: ${why}.`,
    remedy: 'Choose a longer length that is a multiple of theirs, or “given”.',
    place: { path: '/bars/every', value: every },
  });
