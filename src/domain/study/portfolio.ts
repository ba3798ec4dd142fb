import type { Static } from '@sinclair/typebox';
import { periods } from '../calendar.ts';
import { choice, group, integer, number, optional } from './tools.ts';

/** How a strategy's target weights become holdings. Takes effect where a strategy gives weights instead of entries. */
export const portfolioSchema = group(
  'Portfolio',
  'How target weights become holdings: when they are looked at, what each gets, and what is left as it is.',
  {
    rebalance: choice(
      'Rebalance',
      'Targets are looked at when the run’s first session closes, and then: session: at every close. week: once in each week. month: once in each month. quarter: once in each quarter. year: once in each year. sessions: each so many sessions. signal: where the strategy asks for it or, where it does not say, where a target changes. once: never again; what is bought is kept.',
      ['session', 'week', 'month', 'quarter', 'year', 'sessions', 'signal', 'once'] as const,
      'month',
    ),
    every: integer('Every', 'Sessions from one look to the next.', 21, {
      minimum: 1,
      maximum: 5000,
      unit: 'sessions',
      when: { rebalance: ['sessions'] },
    }),
    on: choice(
      'At its',
      'last: the close of the period’s last session, so that the next period’s first open fills; known only once that open is there. first: the close of its first session.',
      ['last', 'first'] as const,
      'last',
      { when: { rebalance: periods } },
    ),
    bandAbsolute: optional(
      number(
        'Band, absolute',
        'Nothing is traded at a look unless some weight is further than this from its target.',
        0.05,
        { exclusiveMinimum: 0, maximum: 10, unit: 'ratio' },
      ),
      { off: true },
    ),
    bandRelative: optional(
      number(
        'Band, relative',
        'The same as a share of the target. With both bands, leaving one is enough.',
        0.25,
        { exclusiveMinimum: 0, maximum: 10, unit: 'ratio' },
      ),
      { off: true },
    ),
    share: choice(
      'Shares',
      'given: the strategy’s weights as they are. scaled: in proportion to them, adding up to all that is not kept in cash. equal: the same for each symbol with a weight; its sign is the side. inverse-volatility: in proportion to 1 ÷ standard deviation of returns. risk-parity: each adds the same to the portfolio’s variance.',
      ['given', 'scaled', 'equal', 'inverse-volatility', 'risk-parity'] as const,
      'given',
    ),
    shareBars: integer(
      'Returns over',
      'Bars up to the close whose simple returns give standard deviations and covariances.',
      60,
      {
        minimum: 3,
        maximum: 2500,
        unit: 'bars',
        when: { share: ['inverse-volatility', 'risk-parity'] },
      },
    ),
    cash: number(
      'Cash weight',
      'Kept in cash; longs and shorts together get the rest. Below zero is on credit, as far as leverage allows.',
      0,
      {
        minimum: -99,
        exclusiveMaximum: 1,
        unit: 'ratio',
        when: { share: ['scaled', 'equal', 'inverse-volatility', 'risk-parity'] },
      },
    ),
    buffer: integer(
      'Buffer',
      'Where more symbols have a weight than there may be open positions, the best scores are held; one that is held already stays while it ranks no further than this below them.',
      0,
      { minimum: 0, maximum: 10_000, unit: 'symbols' },
    ),
    minimumTrade: number(
      'Smallest trade',
      'Changes of less than this share of equity are left out; a position that is to leave always does.',
      0,
      { minimum: 0, maximum: 1, unit: 'ratio' },
    ),
  },
);

export type PortfolioSettings = Static<typeof portfolioSchema>;
