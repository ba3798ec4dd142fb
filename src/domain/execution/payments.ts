import type { Equity, Payments } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import type { Days, Step } from '../units.ts';
import { startsPeriod } from './portfolio/schedule.ts';

/** What is paid in before a session's open; below zero paid out, of what the account is worth. */
export function paymentAt(
  { contributions }: Settings,
  step: Step,
  day: Days,
  worth: number,
): number {
  const { amount = null, each = 'month' } = contributions ?? {};
  if (amount === null || !startsPeriod(step, day, each)) return 0;
  return worth + amount > 0 && worth > 0 ? amount : 0;
}

/** Room for a run's payments; null where its study has none. */
export const emptyPayments = ({ contributions }: Settings, steps: number): Payments | null =>
  (contributions?.amount ?? null) === null
    ? null
    : { units: new Float64Array(steps), paid: new Float64Array(steps) };

/** The curve of one unit of an account. */
export function perUnit(account: Equity, payments: Payments): Equity {
  const divided = (values: Float64Array): Float64Array =>
    values.map((value, step) => value / payments.units[step]!);
  return {
    ...account,
    equity: divided(account.equity),
    cash: divided(account.cash),
    gross: divided(account.gross),
    net: divided(account.net),
    payments,
  };
}
