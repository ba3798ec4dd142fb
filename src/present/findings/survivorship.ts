import type { SurvivorshipReport } from '../../domain/validation/survivorship.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import { count, counted, ratio, shortPercent } from '../format.ts';
import { biasWords } from '../survivorship-sentences.ts';

/** More CAGR than this hangs on who survived: worth knowing. A ratio. */
const noticeable = 0.01;

/** What the full universe changes, or why nothing can be said. */
export function survivorshipFinding(report: SurvivorshipReport | null): Finding {
  const common = {
    id: 'survivorship',
    threshold:
      'Green where the universe has its delistings, and neither today’s members all along nor survivors alone change the CAGR by 1 point; red where more than three years pass without one and the chance of that is below 5 %.',
    source:
      report?.expected.source ??
      'Outsample: the same study on today’s members and on survivors only',
  };
  if (report === null) {
    return {
      ...common,
      level: 'open',
      title: 'Survivorship',
      text: 'Whether the data hold those that failed has not been asked.',
      change: 'Run the survivorship audit.',
    };
  }
  const { basis, symbols, ended, expected, reruns } = report;
  if (report.suspicious) {
    return {
      ...common,
      level: expected.chanceOfNone < 0.05 ? 'red' : 'amber',
      title: 'Nobody ever failed in these data',
      text: `None of ${counted(symbols, 'symbol')} ends early, where ${shortPercent(expected.share)} would be expected of companies; the chance of none is ${shortPercent(expected.chanceOfNone)}. Funds and indices may live on; companies that were chosen today did not fail by choice.`,
      change:
        'Load a universe file with spells and delistings, and the bars of those that ended; for indices and funds, know that it does not apply.',
    };
  }
  const biases = reruns.flatMap(({ title, bias, difference }) =>
    difference?.cagr == null ? [] : [{ title, bias, by: difference.cagr }],
  );
  const small = biases.length > 0 && biases.every(({ by }) => Math.abs(by) < noticeable);
  const said = biases
    .map(
      ({ title, bias, by }) =>
        ` ${title}: the CAGR is ${ratio(Math.abs(by) * 100)} percentage points ${by < 0 ? 'lower' : 'higher'}, which is ${biasWords[bias].name}.`,
    )
    .join('');
  return {
    ...common,
    level: basis === 'universe' && small ? 'green' : 'amber',
    title:
      basis === 'bars'
        ? 'Who ended early is a guess'
        : small
          ? 'Which symbols are chosen makes little difference'
          : 'Which symbols are chosen matters here',
    text: `${said}${said === '' ? '' : ' '}${counted(ended.length, 'symbol')} of ${count(symbols)} ended early; ${shortPercent(expected.share)} would be expected.`.trimStart(),
    change:
      basis === 'bars'
        ? 'Load a universe file: without one, an end of bars may be a delisting or the end of a file.'
        : small
          ? ''
          : 'Believe the run on the full universe, and see the stress of delisting returns.',
  };
}
