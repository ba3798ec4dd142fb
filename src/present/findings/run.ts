import { fillsAreFree } from '../../domain/execution/costs.ts';
import type { BreakEven } from '../../domain/break-even.ts';
import type { Settings } from '../../domain/study/schema.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import { counted, shortPercent, tenths } from '../format.ts';

/** What these findings read of a run. */
export interface RunFacts {
  readonly settings: Settings;
  readonly closedTrades: number;
  readonly totalReturn: number | null;
  /** Total return with the stop first everywhere and with the target; null where no bar touches both. */
  readonly ambiguity: {
    readonly trades: number;
    readonly stopFirst: number;
    readonly targetFirst: number;
  } | null;
  readonly synthetic: boolean;
}

/** Findings that every run has at once. */
export const runFindings = (facts: RunFacts, breakEven: BreakEven | null): Finding[] => [
  ...(facts.synthetic ? [synthetic] : []),
  fills(facts),
  costs(facts, breakEven),
  trades(facts),
  ...(facts.ambiguity === null ? [] : [ambiguity(facts.ambiguity)]),
];

const synthetic: Finding = {
  id: 'synthetic',
  level: 'amber',
  title: 'The data are made up',
  text: 'The prices come from a random generator: whatever the strategy earns on them says nothing of a market.',
  threshold: 'Real data are green.',
  source: 'Outsample',
  change: 'Use real histories.',
};

function fills({ settings: { execution } }: RunFacts): Finding {
  const { fill } = execution;
  const words = {
    'next-open':
      'Signals fill at the open of the next bar, the first price that they could have had.',
    'next-close':
      'Signals fill at the close of the next bar: possible, and later than they need be.',
    'same-close':
      'Signals fill at the very close that they are computed from: nobody could have traded so.',
    'prior-close':
      'Fills are dated back to the close that the signal is computed from: nobody could have traded so.',
  };
  const possible = fill === 'next-open' || fill === 'next-close';
  return {
    id: 'fills',
    level: possible ? 'green' : 'red',
    title: possible ? 'Fills are possible' : 'Fills see the price that they are decided by',
    text: words[fill],
    threshold: 'Next open and next close are green; same close and prior close are red.',
    source: 'Outsample: a value dated t is usable from the open of t + 1',
    change: possible ? '' : 'Set the fill to the next open and run again.',
  };
}

function costs({ settings }: RunFacts, found: BreakEven | null): Finding {
  const common = {
    id: 'costs',
    threshold:
      'Green where the edge stands twice the costs of the run, amber where it stands once, red where there are no costs or no edge after them.',
    source:
      'Outsample; see López de Prado 2018, section 11.1, on costs as the first sin of backtests',
  };
  if (fillsAreFree(settings.costs)) {
    return {
      ...common,
      level: 'red',
      title: 'Trading costs nothing here',
      text: 'No commission, spread, slippage or impact is charged: every edge looks larger than it is.',
      change: 'Take a preset of costs and run again.',
    };
  }
  if (found === null) {
    return {
      ...common,
      level: 'open',
      title: 'Break-even costs',
      text: 'At how many bps a fill the edge dies has not been asked.',
      change: 'Find the break-even.',
    };
  }
  const { diesAt, paid, reason } = found.costs;
  if (diesAt === null || paid === null) {
    const profit = found.costs.totalReturn.every((one) => one !== null && one > 0);
    return {
      ...common,
      level: profit ? 'green' : 'red',
      title: profit ? 'The edge outlives costs' : 'No edge that costs could eat',
      text: reason ?? 'What the run paid a fill cannot be said.',
      change: profit ? '' : 'Find a strategy that earns something before costs.',
    };
  }
  const times = diesAt / paid;
  const level = times >= 2 ? 'green' : times >= 1 ? 'amber' : 'red';
  return {
    ...common,
    level,
    title: level === 'red' ? 'Costs eat the edge' : 'Costs against the edge',
    text: `The edge dies at ${tenths(diesAt)} bps a fill; this run paid ${tenths(paid)}.`,
    change: level === 'green' ? '' : 'Trade less often, or cheaper instruments.',
  };
}

function trades({ closedTrades }: RunFacts): Finding {
  const level = closedTrades >= 100 ? 'green' : closedTrades >= 30 ? 'amber' : 'red';
  return {
    id: 'trades',
    level,
    title: level === 'green' ? 'Enough trades' : 'Few trades',
    text: `${counted(closedTrades, 'closed trade')}.`,
    threshold: 'Green from 100 closed trades, red below 30.',
    source: 'Rule of thumb: means of fewer than 30 draws are far from normal',
    change: level === 'green' ? '' : 'Use a longer history or more symbols.',
  };
}

function ambiguity({
  trades,
  stopFirst,
  targetFirst,
}: NonNullable<RunFacts['ambiguity']>): Finding {
  const turns = stopFirst <= 0 !== targetFirst <= 0;
  return {
    id: 'ambiguity',
    level: turns ? 'red' : 'amber',
    title: turns ? 'Unknown order inside bars decides the result' : 'Some bars are ambiguous',
    text: `${counted(trades, 'trade')} touched stop and target in one bar: total return is ${shortPercent(stopFirst)} with the stop first everywhere, ${shortPercent(targetFirst)} with the target first.`,
    threshold: 'Amber where any bar touches both, red where the two readings differ in sign.',
    source: 'Outsample: two full runs',
    change: 'Give finer bars beside these, or use wider stops and targets.',
  };
}
