import { type Entry, because, entry, given } from '../finding.ts';
import type { Facts } from '../facts.ts';
import type { Fills, Following } from '../../run.ts';
import { Sample } from '../sample.ts';
import { peak, sum } from './run.ts';

const noTarget = 'No target was ever in force.';

type PortfolioMetric =
  | 'rebalances'
  | 'fills'
  | 'portfolio-turnover'
  | 'mean-drift'
  | 'max-drift'
  | 'tracking-difference'
  | 'tracking-error';

/** How closely holdings followed their target weights, and what that took; empty of a run of entries. */
export function portfolioEntries(facts: Facts): Partial<Record<PortfolioMetric, Entry>> {
  const { portfolio } = facts.run;
  if (portfolio === undefined) return {};
  const { following, fills } = portfolio;
  const drift = knownOf(following.drift);
  const apart = given(facts.steps.returns, ({ values }) => trackedOf(values, following));
  return {
    rebalances: entry(
      'Rebalances',
      'count',
      'Closes that decided on trading to the targets, the first purchase included.',
      'number of rebalances',
      following.rebalances.length,
    ),
    fills: entry(
      'Fills',
      'count',
      'Purchases and sales, resizings included.',
      'number of fills',
      fills.length,
    ),
    'portfolio-turnover': entry(
      'One-way turnover',
      'percent',
      `Share of the account that was replaced in a year of ${facts.year} sessions: half the value of all fills ÷ mean equity.`,
      `½ Σ quantity × price of fills ÷ mean(equity) × ${facts.year} ÷ sessions`,
      given(
        facts.curve,
        ({ equity }) => (traded(fills, facts.steps) / 2 / sum(equity)) * facts.year,
      ),
    ),
    'mean-drift': entry(
      'Mean drift',
      'percent',
      'How much of the account would have had to move to stand at its targets, at an average close.',
      'mean(½ (Σ |weight − target| + |cash weight − its target|))',
      drift.length === 0 ? noTarget : sum(drift) / drift.length,
    ),
    'max-drift': entry(
      'Highest drift',
      'percent',
      'The same at the close that was furthest from its targets.',
      'max(½ (Σ |weight − target| + |cash weight − its target|))',
      drift.length === 0 ? noTarget : peak(drift),
    ),
    'tracking-difference': entry(
      'Tracking difference',
      'percent',
      `Return a year beyond a portfolio that stood exactly at the targets of the close before, without costs: what drift, fills and costs made of them. Arithmetic, for a year of ${facts.year} sessions.`,
      `mean(r − r of targets) × ${facts.year}`,
      given(apart, ({ mean }) => mean * facts.steps.year),
    ),
    'tracking-error': entry(
      'Tracking error',
      'percent',
      `How much that difference varied: its standard deviation, for a year of ${facts.year} sessions.`,
      `sd(r − r of targets) × √${facts.year}`,
      given(apart, ({ deviation }) => deviation * Math.sqrt(facts.steps.year)),
    ),
  };
}

const knownOf = (values: Float64Array): Float64Array =>
  values.filter((value) => !Number.isNaN(value));

/** Returns less those of the targets, where there were some. */
function trackedOf(
  returns: Float64Array,
  { targetReturn, rebalances }: Following,
): Sample | string {
  const first = rebalances[0];
  if (first === undefined) return noTarget;
  const apart = returns.map((value, i) => value - targetReturn[i]!).subarray(first + 1);
  return apart.length < 2 ? because.tooFewReturns : new Sample(apart);
}

/** Value of all fills per unit of the account, by the unit at each. */
function traded({ length, quantity, price, step }: Fills, { run }: Facts): number {
  const units = run.equity.payments?.units;
  let value = 0;
  for (let i = 0; i < length; i++) value += (quantity[i]! * price[i]!) / (units?.[step[i]!] ?? 1);
  return value;
}
