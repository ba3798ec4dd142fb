import type { Equity } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import type { Days, Session } from '../units.ts';
import { startsPeriod } from './portfolio/schedule.ts';

/** What is paid in before a session's open; below zero paid out, of what the account is worth. */
export function paymentAt(
  { contributions }: Settings,
  session: Session,
  day: Days,
  worth: number,
): number {
  const { amount = null, each = 'month' } = contributions ?? {};
  if (amount === null || !startsPeriod(session, day, each)) return 0;
  return worth + amount > 0 && worth > 0 ? amount : 0;
}

/** The curve of one unit of the account, whose money is in `account`, and the units that there were. */
export function perUnit(account: Equity, paid: Float64Array, initialCash: number): Equity {
  const { length } = account.day;
  const units = new Float64Array(length);
  let held = 1;
  let before = initialCash;
  for (let session = 0; session < length; session++) {
    // A unit is worth what it was at the close before.
    if (paid[session] !== 0) held += paid[session]! / (before / held);
    units[session] = held;
    before = account.equity[session]!;
  }
  const divided = (values: Float64Array): Float64Array =>
    values.map((value, i) => value / units[i]!);
  return {
    ...account,
    equity: divided(account.equity),
    cash: divided(account.cash),
    gross: divided(account.gross),
    net: divided(account.net),
    payments: { units, paid },
  };
}
