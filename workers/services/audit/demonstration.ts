import { LabError } from '../../../src/domain/errors.ts';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import { planOf } from '../../../src/domain/strategies/plans.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { syntheticMarket } from '../../../src/domain/validation/cheats/market.ts';
import type { Cheat } from '../../../src/domain/validation/cheats/cheat.ts';
import { cheats } from '../../../src/domain/validation/cheats/registry.ts';
import { hourlyMarket, twoPlaces } from '../../../src/domain/validation/cheats/timed-market.ts';
import type { LookAheadReport } from '../../../src/domain/validation/look-ahead.ts';
import { frameOfDays } from '../frame.ts';
import { type AuditContext, auditSubject } from './look-ahead.ts';
import type { AuditSubject } from './replays.ts';
import type { MadeData, WorldData } from './worlds.ts';

const seed = 20_190_101;
/** Points to try in a demonstration: a second or two. */
const points = 14;

/**
 * Audits a known cheat on a small synthetic market of its own, which has all that it needs: no dataset takes part.
 * Throws a LabError of kind 'usage' where there is no such demonstration.
 */
export async function lookAheadDemonstration(
  id: string,
  context: Omit<AuditContext, 'dataset'>,
): Promise<LookAheadReport> {
  const cheat = cheats.find((one) => one.id === id);
  if (cheat === undefined) {
    throw new LabError({
      kind: 'usage',
      problem: 'There is no such demonstration.',
      remedy: `Use one of: ${cheats.map((one) => one.id).join(', ')}.`,
      place: { value: id },
    });
  }
  const report = await auditSubject(subjectOf(cheat, cheat.plan), context);
  return {
    ...report,
    notes: [
      'Run on a small synthetic market that was made for the demonstration, not on the dataset.',
      ...report.notes,
    ],
  };
}

/** A demonstration as the audit takes it, with its own signals, or those of its study's strategy. */
export function subjectOf(cheat: Cheat, plan: Cheat['plan']): AuditSubject {
  const study = { ...completeStudy(cheat.study), name: cheat.title, seed };
  const of = { days: syntheticMarket, hours: hourlyMarket, places: twoPlaces };
  const synthetic = of[cheat.market ?? 'days'](seed);
  return {
    study,
    plan: plan?.(synthetic.facts) ?? planOf(study.strategy, synthetic.facts),
    market: synthetic.market,
    simulate: cheat.simulate ?? simulate,
    made: madeOf(synthetic),
    ...(synthetic.market.clock && { data: dataOfInstants }),
    points,
  };
}

const dataOfInstants: WorldData = {
  frame: { ...frameOfDays, key: 'demonstration', timing: 'instants' },
  hasInstants: true,
  zone: 'UTC',
};

/** A synthetic market as the engine takes it. */
export function madeOf({
  market,
  attention,
  macro,
  universe,
}: ReturnType<typeof syntheticMarket>): MadeData {
  const { day, clock, open, high, low, close, volume } = market;
  const sym = new Int32Array(day.length);
  for (let s = 0; s < market.symbols.length; s++)
    sym.fill(s, market.firstRow[s], market.firstRow[s + 1]);
  const instants = clock && { opens: clock.opens, known: clock.known };
  const bars = { sym, day, ...instants, open, high, low, close, volume };
  return { bars, attention, macro, universe };
}
