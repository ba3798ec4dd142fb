import { costTotals } from '../../domain/cost-totals.ts';
import { costWords } from '../words.ts';
import { bps, dash, money, percent } from '../format.ts';
import { type Section, paragraph, remark } from './section.ts';
import { type Subject, currencyOf } from './subject.ts';
import { tableOf } from './table.ts';

interface CostRow {
  readonly name: string;
  readonly total: number;
  readonly gross: number;
  readonly initialCash: number;
  readonly turnover: number;
}

export const costTable = tableOf<CostRow>('costs', [
  { head: 'Cost', cell: ({ name }) => name },
  { head: 'Total', numeric: true, cell: ({ total }) => money(total) },
  {
    head: 'Of gross profit',
    numeric: true,
    cell: ({ total, gross }) => (gross > 0 ? percent(total / gross) : dash),
  },
  {
    head: 'Of initial cash',
    numeric: true,
    cell: ({ total, initialCash }) => percent(total / initialCash),
  },
  {
    head: 'Of turnover',
    numeric: true,
    cell: ({ total, turnover }) => (turnover > 0 ? bps((total / turnover) * 10_000) : dash),
  },
]);

/** What trading cost, by kind. */
export function costs(subject: Subject): Section {
  const { run, initialCash } = subject;
  const section = { id: 'costs', title: 'Costs' };
  if (run.trades.length === 0)
    return { ...section, content: paragraph('There were no trades, and so no costs.') };
  const { costs: kinds, total, gross, turnover } = costTotals(run.trades);
  const common = { gross, initialCash, turnover };
  const interest = run.metrics.outsample.find(({ id }) => id === 'interest')?.value ?? null;
  return {
    ...section,
    content: [
      costTable.render(
        `What all trades cost, those open at the end included, in ${currencyOf(subject)}`,
        kinds.map(({ cost, total }) => ({ name: costWords[cost], total, ...common })),
        { name: 'All', total, ...common },
      ),
      remark(
        [
          gross > 0
            ? `Gross profit, that of all trades before costs, is ${money(gross)}.`
            : `There is no profit before costs to compare with: all trades together made ${money(gross)}.`,
          `Turnover, the value of all entries and exits, is ${money(turnover)}; the initial cash is ${money(initialCash)}.`,
          ...(interest === null
            ? []
            : [`Interest received less interest paid: ${money(interest)}.`]),
          ...(run.unfilledValue > 0
            ? [`Unfilled for want of volume: ${money(run.unfilledValue)}.`]
            : []),
          ...(run.study.costs.booking === 'in-price'
            ? [
                'Spread, slippage and impact are booked in the fill prices, where gross profit has them already.',
              ]
            : []),
        ].join(' '),
      ),
    ],
  };
}
