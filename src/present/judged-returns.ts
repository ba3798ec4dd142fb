import type { ReturnsJudgement } from '../domain/validation/returns-judgement.ts';
import { count, counted, ratio, share, spanWord } from './format.ts';

/** What was judged, in a sentence. */
export const judgedSentence = ({
  trials,
  periods,
  from,
  to,
  perYear,
  riskFreeRate,
  best,
}: ReturnsJudgement): string =>
  `${counted(trials, 'trial')} over ${counted(periods, 'period')}, ${spanWord([from, to])}, ${count(perYear)} a year` +
  `${riskFreeRate === 0 ? '' : `, above ${share(riskFreeRate)} a year`}. ` +
  `The best is ${best.name}, with a Sharpe ratio of ${ratio(best.sharpe)} a year.`;

const named = 3;

/** What the reader should know of the file. */
export function judgedNotes({ leftOut, constant, trials }: ReturnsJudgement): string[] {
  const { before, after } = leftOut;
  const some = constant.slice(0, named).join(', ');
  return [
    ...(before + after === 0
      ? []
      : [
          `${counted(before, 'period')} at the start and ${count(after)} at the end are left out: not every trial has a return there.`,
        ]),
    ...(constant.length === 0
      ? []
      : [
          `${counted(constant.length, 'trial')} of ${count(trials)} have returns that don’t vary (${some}${constant.length > named ? ', …' : ''}): without a Sharpe ratio they count, and rank last.`,
        ]),
  ];
}
