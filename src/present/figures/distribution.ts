import type { Sample } from '../../domain/metrics/sample.ts';
import type { Ratio } from '../../domain/units.ts';
import { count, percent } from '../format.ts';
import { type Column, ofList } from '../tables/table.ts';
import { type Bins, binsOf } from './bins.ts';

/** How the returns of single sessions spread. */
export interface Distribution {
  /** Of those that moved. */
  readonly bins: Bins;
  /** Of all sessions. */
  readonly mean: Ratio;
  readonly low: Ratio;
  readonly summary: string;
}

/** Or why there is none. */
export function distributionOf(returns: Sample | string): Distribution | string {
  if (typeof returns === 'string') return `There are none. ${returns}`;
  const moved = returns.values.filter((value) => value !== 0);
  const still = returns.values.length - moved.length;
  if (moved.length === 0) return `All ${count(still)} sessions returned exactly 0.`;
  const { mean } = returns;
  const low = returns.quantile(0.05);
  return {
    bins: binsOf(moved),
    mean,
    low,
    summary: [
      `Number of sessions by their return, ${count(moved.length)} in all. `,
      still === 0
        ? ''
        : `${count(still)} more returned exactly 0, as sessions without a position do, and are not drawn. `,
      `Of all sessions the mean is ${percent(mean)} and the 5 % quantile ${percent(low)}: one session in twenty was worse.`,
    ].join(''),
  };
}

interface Bin {
  readonly from: Ratio;
  readonly to: Ratio;
  readonly sessions: number;
}

export const binRows = ({ edges, counts }: Bins): Bin[] =>
  counts.map((sessions, i) => ({ from: edges[i]!, to: edges[i + 1]!, sessions }));

export const binColumns: readonly Column<readonly Bin[]>[] = ofList<Bin>([
  { id: 'from', title: 'Return from', unit: 'percent', cell: ({ from }) => from },
  { id: 'to', title: 'below', unit: 'percent', cell: ({ to }) => to },
  { id: 'sessions', title: 'Sessions', unit: 'count', cell: ({ sessions }) => sessions },
]);
