import type { Learning } from '../../domain/validation/learning.ts';
import type { LookAheadReport } from '../../domain/validation/look-ahead.ts';
import type { WalkForward } from '../../domain/validation/walk-forward.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import { count, ratio, shortPercent } from '../format.ts';

/** What the three replays found. */
export function lookAheadFinding(report: LookAheadReport | null): Finding {
  const common = {
    id: 'look-ahead',
    threshold: 'One changed bit in the past is red.',
    source:
      'Outsample: replays with the future cut off, replaced, and with the bar itself replaced',
  };
  if (report === null) {
    return {
      ...common,
      level: 'open',
      title: 'Look-ahead',
      text: 'Whether anything in the past hangs on the future has not been tried.',
      change: 'Run the look-ahead audit.',
    };
  }
  const dirty = report.replays.filter(({ found }) => found !== null);
  return {
    ...common,
    level: report.clean ? 'green' : 'red',
    title: report.clean ? 'No look-ahead found' : 'The strategy sees the future',
    text: (report.clean ? report.replays : dirty).map(({ text }) => text).join(' '),
    change: report.clean ? '' : 'Mend the column that is named, or the fill rule, and run again.',
  };
}

/** What parameters chosen in training earned on the windows after. */
export function walkForwardFinding(found: WalkForward | null): Finding {
  const common = {
    id: 'walk-forward',
    threshold:
      'Green where the out-of-sample Sharpe ratio is above 0 and the efficiency at least 50 %, amber where only the first holds, red else.',
    source: 'Pardo 2008, ch. 11: efficiency of at least 50 %',
  };
  if (found === null) {
    return {
      ...common,
      level: 'open',
      title: 'Walk-forward',
      text: 'Parameters have not been chosen on one part of the data and tried on another.',
      change: 'Run the walk-forward.',
    };
  }
  const { sharpe, totalReturn } = found.outOfSample.quick;
  const { value, reason } = found.efficiency;
  const earns = sharpe !== null && sharpe > 0;
  const level = earns ? (value !== null && value >= 0.5 ? 'green' : 'amber') : 'red';
  const efficiency = value === null ? (reason ?? '') : `Efficiency ${shortPercent(value)}.`;
  return {
    ...common,
    level,
    title:
      level === 'green'
        ? 'It held out of sample'
        : level === 'amber'
          ? 'Out of sample it kept only a part'
          : 'It did not hold out of sample',
    text: `Chosen by fold, ${count(found.trials)} parameter sets made ${totalReturn === null ? 'no return' : shortPercent(totalReturn)} over ${found.folds.length} test windows, Sharpe ratio ${ratio(sharpe)}. ${efficiency}`,
    change:
      level === 'green'
        ? ''
        : 'Fewer parameters, longer training, or a strategy whose edge is real.',
  };
}

/** Whether learned weights beat the fixed ones; only where they were asked for. */
export function learningFindings(found: Learning | null): Finding[] {
  if (found === null) return [];
  return [
    {
      id: 'learning',
      level: found.verdict === 'hurt' ? 'amber' : 'green',
      title: {
        helped: 'Learning helped',
        'no difference': 'Learning made no difference',
        hurt: 'Learning hurt',
        unknown: 'Learning could not be judged',
      }[found.verdict],
      text: found.sentence,
      threshold: 'Amber where learned weights are worse than the fixed ones out of sample.',
      source: 'Outsample: paired stationary bootstrap of the Sharpe difference',
      change: found.verdict === 'hurt' ? 'Keep the fixed weights.' : '',
    },
  ];
}
