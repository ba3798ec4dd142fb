import { because, entry, given } from '../finding.ts';
import type { Facts } from '../facts.ts';

/** When, how much of the time and how heavily the account was in the market. */
export function runEntries(facts: Facts) {
  const { run, sessions, final } = facts;
  const { day, equity } = run.equity;
  const bars = facts.steps.run.equity;
  const some = <T>(value: () => T): T | string => (sessions === 0 ? because.noSessions : value());
  return {
    start: entry(
      'Start',
      'date',
      'The first session.',
      'day of the first session',
      day[0] ?? because.noSessions,
    ),
    end: entry(
      'End',
      'date',
      'The last session.',
      'day of the last session',
      day.at(-1) ?? because.noSessions,
    ),
    duration: entry(
      'Duration',
      'days',
      'Calendar days from the first to the last session.',
      'end − start',
      some(() => day.at(-1)! - day[0]!),
    ),
    sessions: entry(
      'Sessions',
      'count',
      'Trading days of the run: dates on which any symbol has a bar.',
      'number of sessions',
      sessions,
    ),
    exposure: entry(
      'Exposure',
      'percent',
      'Share of sessions with an open position at their close.',
      'sessions with positions > 0 at the close ÷ sessions',
      some(() => share(bars.positions)),
    ),
    'max-gross-exposure': entry(
      'Highest gross exposure',
      'percent',
      'The most that positions weighed beside equity at any close, longs and shorts added up: above 100 % is on credit.',
      'max(Σ |quantity| × close ÷ equity)',
      given(facts.steps.curve, () => highest(bars.gross, bars.equity)),
    ),
    turnover: entry(
      'Turnover',
      'ratio',
      `How many times a year the account was bought and sold: the value of all entries and exits before costs ÷ mean equity, for a year of ${facts.year} sessions.`,
      `Σ quantity × (entry price + exit price of closed trades) ÷ mean(equity) × ${facts.year} ÷ sessions`,
      given(facts.curve, () => (traded(facts) / sum(equity)) * facts.year),
    ),
    'final-equity': entry(
      'Final equity',
      'currency',
      'Cash and positions at the last session’s close.',
      'equity of the last session',
      final,
    ),
    'peak-equity': entry(
      'Peak equity',
      'currency',
      'The highest close of equity, or the initial cash where equity was never above it.',
      'max(initial cash, equity)',
      some(() => Math.max(run.initialCash, peak(equity))),
    ),
  };
}

export function peak(values: Float64Array): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}

function share(positions: Int32Array): number {
  let open = 0;
  for (let i = 0; i < positions.length; i++) if (positions[i]! > 0) open++;
  return open / positions.length;
}

function highest(gross: Float64Array, equity: Float64Array): number {
  let most = 0;
  for (let i = 0; i < equity.length; i++) most = Math.max(most, gross[i]! / equity[i]!);
  return most;
}

/** Value of all fills at their prices before costs; an open trade has not been sold. */
function traded({ run: { trades } }: Facts): number {
  let value = 0;
  for (let i = 0; i < trades.length; i++) {
    const prices = trades.entryPrice[i]! + (trades.reason[i]! < 0 ? 0 : trades.exitPrice[i]!);
    value += trades.quantity[i]! * prices;
  }
  return value;
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
