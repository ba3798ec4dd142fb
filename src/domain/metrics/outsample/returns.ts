import pow from '@stdlib/math-base-special-pow';
import { type NumberOrReason, because, entry, given } from '../finding.ts';
import type { Facts } from '../facts.ts';

/** Days of a year, leap days shared out. */
export const CALENDAR_YEAR = 365.25;

/** What became of the initial cash. */
export function returnEntries(facts: Facts) {
  const { run, final, year, sessions } = facts;
  return {
    'total-return': entry(
      'Total return',
      'percent',
      'Final equity ÷ initial cash − 1, after costs.',
      'final equity ÷ initial cash − 1',
      given(final, (last) => last / run.initialCash - 1),
    ),
    'buy-and-hold-return': entry(
      'Buy & hold return',
      'percent',
      'Equal parts of the initial cash in every symbol from the open of its first bar on, without costs, never sold.',
      'value of the parts at the end ÷ initial cash − 1',
      (run.benchmark.at(-1) ?? because.noSessions) === because.noSessions
        ? because.noSessions
        : run.benchmark.at(-1)! / run.initialCash - 1,
    ),
    'annual-return': entry(
      'Annual return',
      'percent',
      `Growth of an average year of ${year} sessions, compounded.`,
      `(final equity ÷ initial cash)^(${year} ÷ sessions) − 1`,
      given(growthOf(facts), (growth) => pow(growth, year / sessions) - 1),
    ),
    cagr: entry(
      'CAGR',
      'percent',
      'Compound annual growth rate on calendar days: a year has 365.25.',
      '(final equity ÷ initial cash)^(365.25 ÷ days from the first to the last session) − 1',
      annualGrowth(facts),
    ),
  };
}

/** Final equity ÷ initial cash of two sessions or more without ruin. */
const growthOf = ({ curve, sessions }: Facts): NumberOrReason =>
  sessions < 2
    ? because.tooFewSessions
    : given(curve, ({ equity, base }) => equity[sessions - 1]! / base);

/** CAGR of a run, a ratio: 0.1 is 10 % a year. */
export const annualGrowth = (facts: Facts): NumberOrReason =>
  given(growthOf(facts), (growth) => {
    const { day } = facts.run.equity;
    return growthPerYear(growth, day.at(-1)! - day[0]!);
  });

/**
 * `growth` (final ÷ initial) over `days` calendar days, as a ratio a year. Peers count 365 days (freqtrade) or
 * trading days ÷ 252 (quantstats).
 */
export const growthPerYear = (growth: number, days: number, daysPerYear = CALENDAR_YEAR): number =>
  pow(growth, daysPerYear / days) - 1;
