import { strategyById } from './registry.ts';
import type { DatasetFacts, SignalPlan } from './strategy.ts';

type Plan = (parameters: never, facts: DatasetFacts) => SignalPlan;

/** Plans that are large and stand in a file of their own, so that the page need not load them. */
const apart = import.meta.glob<{ default: Plan }>('./*/plan.ts', { eager: true });

/** What a strategy's parameters ask for on a dataset. */
export function planOf(
  {
    id,
    parameters,
  }: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> },
  facts: DatasetFacts,
): SignalPlan {
  const plan = apart[`./${id}/plan.ts`]?.default ?? strategyById(id)?.plan;
  if (plan === undefined) throw new RangeError(`No strategy ${id}.`);
  return plan(parameters as never, facts);
}
