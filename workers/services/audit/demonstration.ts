import { LabError } from '../../../src/domain/errors.ts';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import { planOf } from '../../../src/domain/strategies/plans.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import { syntheticMarket } from '../../../src/domain/validation/cheats/market.ts';
import { cheats } from '../../../src/domain/validation/cheats/registry.ts';
import type { LookAheadReport } from '../../../src/domain/validation/look-ahead.ts';
import { type AuditContext, auditSubject } from './look-ahead.ts';
import type { MadeData } from './worlds.ts';

const seed = 20_190_101;
/** Sessions to try in a demonstration: a second or two. */
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
  const study = { ...completeStudy(cheat.study), name: cheat.title, seed };
  const synthetic = syntheticMarket(seed);
  const honest = planOf(study.strategy, synthetic.facts);
  const report = await auditSubject(
    {
      study,
      plan: cheat.plan?.(synthetic.facts) ?? honest,
      market: synthetic.market,
      simulate: cheat.simulate ?? simulate,
      made: madeOf(synthetic),
      points,
    },
    context,
  );
  return {
    ...report,
    notes: [
      'Run on a small synthetic market that was made for the demonstration, not on the dataset.',
      ...report.notes,
    ],
  };
}

/** A synthetic market as the engine takes it. */
export function madeOf({
  market,
  attention,
  macro,
  universe,
}: ReturnType<typeof syntheticMarket>): MadeData {
  const { day, open, high, low, close, volume } = market;
  const sym = new Int32Array(day.length);
  for (let s = 0; s < market.symbols.length; s++)
    sym.fill(s, market.firstRow[s], market.firstRow[s + 1]);
  return { bars: { sym, day, open, high, low, close, volume }, attention, macro, universe };
}
