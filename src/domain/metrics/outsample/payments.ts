import pow from '@stdlib/math-base-special-pow';
import { type Entry, type NumberOrReason, because, entry } from '../finding.ts';
import type { Facts } from '../facts.ts';
import type { MeasuredRun } from '../measured.ts';
import { CALENDAR_YEAR } from './returns.ts';

type PaymentMetric = 'account-value' | 'paid-in' | 'paid-out' | 'money-weighted-return';

/** What came and went beside the strategy; empty where nothing was paid. */
export function paymentEntries({ run, sessions }: Facts): Partial<Record<PaymentMetric, Entry>> {
  const { payments, equity } = run.equity;
  if (payments === undefined) return {};
  const { paid, units } = payments;
  const value = sessions === 0 ? because.noSessions : equity[sessions - 1]! * units[sessions - 1]!;
  const sum = (side: 1 | -1): number =>
    paid.reduce((total, amount) => total + Math.max(0, side * amount), 0);
  return {
    'account-value': entry(
      'Account value',
      'currency',
      'Cash and positions at the last close, all payments included. Final equity is what the initial cash alone became.',
      'final equity × units',
      value,
    ),
    'paid-in': entry(
      'Paid in',
      'currency',
      'All contributions; the initial cash is not among them.',
      'Σ paid in',
      sum(1),
    ),
    'paid-out': entry('Paid out', 'currency', 'All withdrawals.', 'Σ paid out', sum(-1)),
    'money-weighted-return': entry(
      'Money-weighted return',
      'percent',
      'The yearly rate at which initial cash and payments would have grown to the account’s value: it depends on when money came, and says what the investor had. CAGR beside it is time-weighted, and says what the strategy did.',
      'r with Σ paid × (1 + r)^((end − day) ÷ 365.25) = account value',
      typeof value === 'string' ? value : rateOf(run, paid, value),
    ),
  };
}

/** Halvings of an interval of rates from −99.9999 % to 100,000 %: more change no digit. */
const HALVINGS = 100;

function rateOf(
  { equity: { day }, initialCash }: MeasuredRun,
  paid: Float64Array,
  value: number,
): NumberOrReason {
  const end = day.at(-1)!;
  if (end === day[0]) return because.tooFewSessions;
  if (!(value > 0)) return because.ruined;
  const grown = (growth: number): number => {
    let sum = initialCash * pow(growth, (end - day[0]!) / CALENDAR_YEAR);
    for (let i = 0; i < paid.length; i++)
      if (paid[i] !== 0) sum += paid[i]! * pow(growth, (end - day[i]!) / CALENDAR_YEAR);
    return sum;
  };
  let low = 1e-6;
  let high = 1001;
  if ((grown(low) - value) * (grown(high) - value) > 0)
    return 'No yearly rate makes the payments its value.';
  const rises = grown(high) > value;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (grown(middle) > value === rises) high = middle;
    else low = middle;
  }
  return (low + high) / 2 - 1;
}
