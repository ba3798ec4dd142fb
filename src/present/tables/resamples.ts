import type { FileTable } from '../../domain/file-table.ts';
import type { Distribution } from '../../domain/validation/statistics/distribution.ts';
import { valueOf } from '../../domain/validation/statistics/found.ts';
import type { OverfittingReport } from '../../domain/validation/statistics/report.ts';
import { fileTable } from '../file-table.ts';
import { measured } from '../format.ts';
import { ofList } from './table.ts';

type Quantile = 'p5' | 'p25' | 'median' | 'p75' | 'p95';

interface Resample extends Pick<Distribution, Quantile> {
  readonly title: string;
  readonly unit: 'percent' | 'ratio';
}

/** What resampling made of a run; Sharpe ratios a year. */
export function resamplesOf({
  bars: foundBars,
  trades: foundTrades,
  perYear,
}: Pick<OverfittingReport, 'bars' | 'trades' | 'perYear'>): Resample[] {
  const [bars, trades] = [valueOf(foundBars), valueOf(foundTrades)];
  const ratios = (title: string, found: Distribution): Resample => ({
    ...found,
    title,
    unit: 'percent',
  });
  const annual = Math.sqrt(perYear);
  const yearly = (title: string, { p5, p25, median, p75, p95 }: Distribution): Resample => ({
    title,
    unit: 'ratio',
    p5: p5 * annual,
    p25: p25 * annual,
    median: median * annual,
    p75: p75 * annual,
    p95: p95 * annual,
  });
  return [
    ...(bars === null
      ? []
      : [
          yearly('Sharpe ratio, resampled bars', bars.sharpe),
          ratios('Total return, resampled bars', bars.finalReturn),
          ratios('Drawdown, resampled bars', bars.maxDrawdown),
        ]),
    ...(trades === null
      ? []
      : [
          ratios('Drawdown, trades in other orders', trades.shuffled.maxDrawdown),
          ratios('Total return, resampled trades', trades.resampled.finalReturn),
          ratios('Drawdown, resampled trades', trades.resampled.maxDrawdown),
        ]),
  ];
}

const quantile = (id: Quantile, title: string) =>
  ({
    id,
    title,
    unit: 'ratio',
    cell: (one: Resample) => one[id],
    words: (one: Resample) => measured(one[id], one.unit),
  }) as const;

export const resampleColumns = ofList<Resample>([
  { id: 'resampled', title: 'Resampled', unit: 'text', cell: ({ title }) => title },
  { id: 'unit', title: 'Unit', unit: 'text', cell: ({ unit }) => unit },
  quantile('p5', '5 %'),
  quantile('p25', '25 %'),
  quantile('median', 'Middle'),
  quantile('p75', '75 %'),
  quantile('p95', '95 %'),
]);

/** A file of resamples: one line for each number, with its quantiles. */
export const resamplesTable = (resamples: readonly Resample[]): FileTable =>
  fileTable(resampleColumns, resamples, resamples.length);
