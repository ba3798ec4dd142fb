import { costTotals } from '../../domain/cost-totals.ts';
import { money } from '../format.ts';
import { costColumns } from '../tables/costs.ts';
import { type Section, paragraph, remark } from './section.ts';
import { type Subject, currencyOf } from './subject.ts';
import { rowsOf, shared, tableOf } from './table.ts';

export const costTable = tableOf('costs', shared(costColumns));

/** What trading cost, by kind. */
export function costs(subject: Subject): Section {
  const { run, initialCash } = subject;
  const section = { id: 'costs', title: 'Costs' };
  if (run.trades.length === 0)
    return { ...section, content: paragraph('There were no trades, and so no costs.') };
  const source = { totals: costTotals(run.trades), initialCash };
  const {
    gross,
    turnover,
    costs: { length: kinds },
  } = source.totals;
  const interest = run.metrics.outsample.find(({ id }) => id === 'interest')?.value ?? null;
  return {
    ...section,
    content: [
      costTable.render(
        `What all trades cost, those open at the end included, in ${currencyOf(subject)}`,
        rowsOf(source, kinds),
        { source, row: kinds },
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
