import type { Facts } from '../facts.ts';
import type { Entry, Restated } from '../finding.ts';
import type { MetricGroup } from '../metric.ts';
import { costEntries } from './costs.ts';
import { drawdownEntries } from './drawdown.ts';
import { paymentEntries } from './payments.ts';
import { periodEntries } from './periods.ts';
import { portfolioEntries } from './portfolio.ts';
import { returnEntries } from './returns.ts';
import { riskEntries } from './risk.ts';
import { runEntries } from './run.ts';
import { longEntries, shortEntries } from './sides.ts';
import { tradeEntries } from './trades.ts';

/** Every metric in Outsample's own convention, by group, in the order in which they are shown. */
export const outsample = (facts: Facts) =>
  ({
    run: runEntries(facts),
    return: returnEntries(facts),
    risk: riskEntries(facts),
    drawdown: drawdownEntries(facts),
    trades: tradeEntries(facts),
    long: longEntries(facts),
    short: shortEntries(facts),
    costs: costEntries(facts),
    portfolio: portfolioEntries(facts),
    payments: paymentEntries(facts),
    periods: periodEntries(facts),
  }) satisfies Record<MetricGroup, Record<string, Entry>>;

export type Groups = ReturnType<typeof outsample>;

/** The name of a metric, the same in all conventions. */
export type MetricId = { [group in MetricGroup]: keyof Groups[group] }[MetricGroup];

/** All metrics of Outsample's convention by name. */
export type MetricEntries = Readonly<Record<MetricId, Entry>>;
/** Those that a peer defines. */
export type RestatedEntries = Readonly<Partial<Record<MetricId, Restated>>>;
