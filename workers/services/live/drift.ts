import { LabError } from '../../../src/domain/errors.ts';
import type { LiveState } from '../../../src/domain/live/account.ts';
import { type Drift, driftOfState } from '../../../src/domain/live/drift.ts';
import { numberOf } from '../../../src/domain/live/symbols.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import type { Dataset } from '../dataset.ts';
import type { SignalContext } from '../signals.ts';
import { knownOf } from './known.ts';

/**
 * Holds the fills of a live account to those that the simulator would have booked. Throws a LabError where the dataset lacks a
 * symbol that it trades, or ends before it began.
 */
export async function liveDrift(
  study: Study,
  live: LiveState,
  context: SignalContext & { readonly dataset: Dataset },
): Promise<Drift> {
  const { startedAt, equity } = live.account;
  const { market } = context.dataset;
  const traded = [...new Set(live.intents.map(({ order }) => order.symbol))];
  const lacking = traded.filter((symbol) => numberOf(symbol, market) < 0);
  if (lacking.length > 0)
    throw new LabError({
      kind: 'data',
      problem: `The dataset has no bars of ${lacking.join(', ')}, which the account trades.`,
      remedy: 'Load the bars that the study is traded on.',
    });
  const { known } = await knownOf(study, startedAt, equity, context);
  return driftOfState(live, known);
}
