import { money, share } from '../format.ts';
import { fillsAreFree } from '../../domain/execution/costs.ts';
import type { Simulation } from '../../domain/run.ts';
import { type Note, info, warning } from '../../domain/note.ts';
import type { CostSettings } from '../../domain/study/schema.ts';
import type { Study } from '../../domain/study/study.ts';
import type { DatasetFacts } from '../../domain/strategies/strategy.ts';

/** What every reader of a run's numbers should know, in plain sentences. */
export function assumptions(
  study: Study,
  simulation: Simulation,
  { facts }: { readonly facts: DatasetFacts },
): Note[] {
  return [
    ...fillNotes(study),
    ...weightNotes(study, simulation),
    ...costNotes(study, facts),
    ...volumeNotes(study, simulation, facts),
    ...accountNotes(study, simulation),
    ...dividendNotes(simulation),
  ];
}

/** What a strategy of weights does that one of entries does not. */
function weightNotes({ exits, portfolio }: Study, { following }: Simulation): Note[] {
  if (following === undefined || portfolio === undefined) return [];
  const ends = [
    exits.stop !== null || exits.trailing !== 'off' || exits.breakEven !== null ? 'stops' : '',
    exits.target === null ? '' : 'targets',
    exits.longestHolding === null ? '' : 'a longest holding',
  ].filter((part) => part !== '');
  return ends.length === 0
    ? []
    : [
        warning(
          `Between rebalances ${ends.join(' and ')} end positions that hold weights; the next rebalance buys them again. Switch them off for a plain portfolio.`,
        ),
      ];
}

function fillNotes({ execution }: Study): Note[] {
  const { fill, order, delay } = execution;
  const notes: Note[] = [];
  if (fill === 'next-open')
    notes.push(info('Signals at a close fill at the open of the symbol’s next bar.'));
  if (fill === 'next-close')
    notes.push(info('Signals at a close fill at the close of the symbol’s next bar.'));
  if (fill === 'same-close')
    notes.push(
      warning(
        'Same close, optimistic: signals fill at the very close that they are computed from.',
      ),
    );
  if (fill === 'prior-close')
    notes.push(
      warning(
        'Prior close, optimistic: signals fill on the next bar at the close that they are computed from.',
      ),
    );
  if (order !== 'market')
    notes.push(
      info(
        `Entries are ${order} orders that work for ${execution.validFor} bar${execution.validFor === 1 ? '' : 's'}.`,
      ),
    );
  if (delay > 0) notes.push(info(`Signals act ${delay} bar${delay === 1 ? '' : 's'} late.`));
  if (execution.bothTouched === 'target')
    notes.push(
      warning(
        'Where one bar touches stop and target, the target is taken: the optimistic end of the range.',
      ),
    );
  return notes;
}

function costNotes({ costs }: Study, facts: DatasetFacts): Note[] {
  const parts = [
    commissionWords(costs),
    spreadWords(costs),
    `slippage ${costs.slippageModel === 'bps' ? `${costs.slippage} bps` : `${costs.slippageAtr} × ATR`}${costs.slippageOn === 'all' ? ' on every fill' : ''}`,
    costs.impact === null ? 'no market impact' : `square-root impact × ${costs.impact}`,
    `borrow fee ${share(costs.borrowFee)} and interest ${share(costs.interest)} a year`,
  ];
  const notes = [
    {
      level: fillsAreFree(costs) ? 'warning' : 'info',
      text: `Costs: ${parts.join(', ')}.`,
    } as const,
  ];
  if (costs.booking === 'in-price')
    return [
      ...notes,
      info('Spread, slippage and impact are in the fill prices, not in the costs.'),
    ];
  if (costs.impact !== null && !facts.hasVolume)
    return [...notes, warning('No volume in this dataset: market impact is off.')];
  return notes;
}

function spreadWords({ spread, spreadOn, halfSpread }: CostSettings): string {
  if (spreadOn === 'entry')
    return `spread ${spread === 'fixed' ? `${2 * halfSpread} bps` : 'by Corwin–Schultz'}, all at the entry`;
  return spread === 'fixed' ? `half spread ${halfSpread} bps` : 'half spread by Corwin–Schultz';
}

function commissionWords(costs: CostSettings): string {
  const parts = [
    costs.commission > 0 ? `${costs.commission} per fill` : '',
    costs.commissionPerUnit > 0 ? `${costs.commissionPerUnit} per unit` : '',
    costs.commissionBps > 0 ? `${costs.commissionBps} bps` : '',
    costs.tiers === 'off' ? '' : `by month’s ${costs.tiers === 'units' ? 'quantity' : 'value'}`,
    costs.commissionMinimum > 0 ? `at least ${costs.commissionMinimum}` : '',
    costs.commissionMaximum === null ? '' : `at most ${share(costs.commissionMaximum)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no commission' : `commission ${parts.join(', ')}`;
}

function volumeNotes({ execution }: Study, simulation: Simulation, facts: DatasetFacts): Note[] {
  const { maximumParticipation } = execution;
  if (maximumParticipation === null) return [info('Fills are not capped by volume.')];
  if (!facts.hasVolume) return [warning('No volume in this dataset: fills are not capped by it.')];
  const notes = [info(`Fills take at most ${share(maximumParticipation)} of their bar’s volume.`)];
  const { capped, noVolume } = simulation.orders;
  if (capped + noVolume === 0) return notes;
  return [
    ...notes,
    warning(
      `Volume was too small for ${capped + noVolume} entr${capped + noVolume === 1 ? 'y' : 'ies'}: ${Math.round(simulation.unfilledValue)} in value stayed unfilled.`,
    ),
  ];
}

function dividendNotes({ trades: { dividends } }: Simulation): Note[] {
  if (dividends === undefined) return [];
  let [received, paid] = [0, 0];
  for (const one of dividends) {
    if (one > 0) received += one;
    else paid -= one;
  }
  const byShorts = paid > 0 ? `, ${money(paid)} paid by shorts` : '';
  return [
    info(
      `Dividends on their ex-dates, untaxed: ${money(received)} received${byShorts}. Buy & hold keeps its own as cash.`,
    ),
  ];
}

function accountNotes({ execution, risk }: Study, { trades }: Simulation): Note[] {
  const notes: Note[] = [];
  if (risk.accounts === 'per-symbol')
    notes.push(info('Every symbol trades on an account of its own; the curve is their sum.'));
  if (risk.leverage > 1) notes.push(warning(`Leverage up to ${risk.leverage} × equity.`));
  if (risk.delistingStress !== null)
    notes.push(warning(`Every delisting costs its position ${share(risk.delistingStress)}.`));
  const open = trades.reason.reduce((count, reason) => count + (reason < 0 ? 1 : 0), 0);
  if (open > 0 && execution.endOfData === 'mark') {
    const are = open === 1 ? 'position is' : 'positions are';
    notes.push(info(`${open} ${are} open at the end, marked at the last close.`));
  }
  return notes;
}
