import { periods } from '../calendar.ts';
import { choice, group, number, optional } from './tools.ts';

/** Money that comes and goes on schedule. */
export const contributionsSchema = group(
  'Contributions',
  'Money paid in and out on schedule. The curve stays that of the initial cash (time-weighted, as of a fund’s unit), so that no ratio takes a payment for a return; the value of the account and the money-weighted return stand beside it.',
  {
    amount: optional(
      number(
        'Amount',
        'Paid in before the open of each period’s first session, the run’s first session aside; below zero it is paid out, as long as the account is worth more.',
        1000,
        { unit: 'currency' },
      ),
      { off: true },
    ),
    each: choice('Each', 'How often.', periods, 'month'),
  },
);
