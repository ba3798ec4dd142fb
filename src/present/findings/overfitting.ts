import type { Finding } from '../../domain/validation/finding.ts';
import type { ReturnsJudgement } from '../../domain/validation/returns-judgement.ts';
import {
  type Found,
  type Missing,
  because,
  isMissing,
} from '../../domain/validation/statistics/found.ts';
import type { OverfittingReport } from '../../domain/validation/statistics/report.ts';
import { counted, shortPercent, tenths } from '../format.ts';

/** What the statistics say, one finding for each question that they answer. */
export function overfittingFindings(report: OverfittingReport | null): Finding[] {
  if (report === null) return [notAsked];
  return [
    deflated(report, 'ledger'),
    choice(report),
    superior(report),
    permutation(report),
    ...verdict(report),
  ];
}

/** The same of the best of many trials whose returns a file has: there is no run behind them. */
export const trialsFindings = (found: ReturnsJudgement): Finding[] => [
  deflated(found, 'file'),
  choice(found),
  superior(found),
  ...verdict(found),
];

const notAsked: Finding = {
  id: 'overfitting',
  level: 'open',
  title: 'Overfitting',
  text: 'How much of the result luck and choice explain has not been computed.',
  threshold: 'Deflated Sharpe ratio, PBO, SPA and a permutation test, each with its own.',
  source: 'Bailey & López de Prado 2014; Bailey et al. 2015; Hansen 2005',
  change: 'Compute the statistics of overfitting.',
};

const missing = (
  found: Found<object>,
  rest: Omit<Finding, 'level' | 'text' | 'change'>,
  change: string,
): Finding | null =>
  isMissing(found) ? { ...rest, level: 'open', text: found.reason, change } : null;

function moreTrials({ reason }: Missing): string {
  if (reason === because.noSearch) return 'Run a parameter search.';
  return reason === because.adaptive
    ? 'Search by grid, at random or by Latin hypercube.'
    : 'Try more than one, over a longer history.';
}

/** `from` says where the trials are known from. */
function deflated(
  { sharpe, deflated: found }: Pick<OverfittingReport, 'sharpe' | 'deflated'>,
  from: 'ledger' | 'file',
): Finding {
  const rest = {
    id: 'deflated-sharpe',
    title: 'Deflated Sharpe ratio',
    threshold: 'Green above 95 %, red below 50 %.',
    source: 'Bailey & López de Prado 2014, “The Deflated Sharpe Ratio”',
  };
  if (isMissing(found)) return missing(found, rest, 'Run a study with more trades and sessions.')!;
  const { probability, trials, minimumBacktestYears, remark } = found;
  const level = probability > 0.95 ? 'green' : probability >= 0.5 ? 'amber' : 'red';
  const alone = isMissing(sharpe)
    ? ''
    : ` By itself the Sharpe ratio is above zero with ${shortPercent(sharpe.probability)}.`;
  const length =
    minimumBacktestYears === null
      ? ''
      : ` Shorter than ${tenths(minimumBacktestYears)} years, the best of so many trials without an edge would show as much.`;
  return {
    ...rest,
    title: level === 'green' ? 'Better than the luckiest trial' : 'Luck explains it well enough',
    level,
    text: `Counting ${counted(trials, 'trial')} of the ${from}, the chance that the true Sharpe ratio exceeds what the best without an edge would show is ${shortPercent(probability)}.${alone}${length}${remark === null ? '' : ` ${remark}`}`,
    change: level === 'green' ? '' : 'A longer history, or fewer trials.',
  };
}

function choice({ pbo: found }: Pick<OverfittingReport, 'pbo'>): Finding {
  const rest = {
    id: 'pbo',
    title: 'Probability of backtest overfitting',
    threshold: 'Green below 20 %, red above 50 %, where the choice is no better than a draw.',
    source: 'Bailey, Borwein, López de Prado & Zhu 2015; the 20 % are a rule of thumb of Outsample',
  };
  if (isMissing(found)) return missing(found, rest, moreTrials(found))!;
  const { probability, trials, splits, probabilityOfLoss } = found;
  const level = probability < 0.2 ? 'green' : probability <= 0.5 ? 'amber' : 'red';
  return {
    ...rest,
    title:
      level === 'green'
        ? 'The choice carries over'
        : level === 'amber'
          ? 'The choice of parameters may be overfit'
          : 'The choice of parameters is overfit',
    level,
    text: `In ${shortPercent(probability)} of ${splits} splits, the best of ${counted(trials, 'trial')} in one half was below the middle in the other; it lost money there in ${shortPercent(probabilityOfLoss)}.`,
    change: level === 'green' ? '' : 'Vary fewer settings, or take the middle of a plateau.',
  };
}

function superior({ superior: found }: Pick<OverfittingReport, 'superior'>): Finding {
  const rest = {
    id: 'spa',
    title: 'Superior predictive ability',
    threshold: 'Green where p is below 5 %, red above 20 %.',
    source: 'Hansen 2005; White 2000',
  };
  if (isMissing(found)) return missing(found, rest, moreTrials(found))!;
  const { consistent, realityCheck, trials, samples } = found;
  // A share of resamples: none of them is not never.
  const share = (p: number): string =>
    p === 0 ? `less than ${shortPercent(1 / samples)}` : shortPercent(p);
  const level = consistent < 0.05 ? 'green' : consistent <= 0.2 ? 'amber' : 'red';
  return {
    ...rest,
    title:
      level === 'green' ? 'The best trial is no accident' : 'The best trial may be an accident',
    level,
    text: `Were none of ${counted(trials, 'trial')} better than cash, the best would look as good in ${share(consistent)} of resamples (SPA); by White’s Reality Check in ${share(realityCheck)}.`,
    change: level === 'green' ? '' : 'A longer history, or a strategy with an edge.',
  };
}

function permutation({ permutation: found }: OverfittingReport): Finding {
  const rest = {
    id: 'permutation',
    title: 'Timing of the signals',
    threshold: 'Green where p is at most 5 %, red above 20 %.',
    source: 'Outsample: the same signals rotated in time; Good 2005 on permutation tests',
  };
  if (isMissing(found)) return missing(found, rest, 'Run a study with more trades.')!;
  const { pValue, rotations } = found;
  const level = pValue <= 0.05 ? 'green' : pValue <= 0.2 ? 'amber' : 'red';
  return {
    ...rest,
    title: level === 'green' ? 'The timing matters' : 'Other times would do as well',
    level,
    text: `Among ${counted(rotations, 'run')} with the same signals at other times, and this one, ${shortPercent(pValue)} did at least as well as this one (p).`,
    change:
      level === 'green' ? '' : 'A signal that knows when: this one earns by being in the market.',
  };
}

function verdict({ verdict: found }: Pick<OverfittingReport, 'verdict'>): Finding[] {
  if (isMissing(found)) return [];
  const { kind, sentences } = found;
  const level =
    kind === 'edge real' || kind === 'edge real, choice irrelevant'
      ? 'green'
      : kind === 'no edge'
        ? 'red'
        : 'amber';
  return [
    {
      id: 'edge',
      level,
      title: kind.charAt(0).toUpperCase() + kind.slice(1),
      text: sentences.join(' '),
      threshold: 'Edge real is green, edge likely overfit amber, no edge red.',
      source: 'Outsample: PSR, DSR, PBO, SPA and the distribution of all trials together',
      change: level === 'green' ? '' : 'See the findings that it stands on.',
    },
  ];
}
