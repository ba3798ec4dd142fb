import type { Bias, SurvivorshipReport } from '../domain/validation/survivorship.ts';
import { counted, percent, ratio, share as wholePercent, shortPercent } from './format.ts';
import type { Study } from '../domain/study/study.ts';

/** Which bias a figure is, and of what. */
export const biasWords: Readonly<Record<Bias, { readonly name: string; readonly means: string }>> =
  {
    inclusion: {
      name: 'inclusion bias',
      means: 'today’s members are traded before they were chosen',
    },
    membership: {
      name: 'survivorship by membership',
      means: 'those that have left the universe are missing',
    },
    delisting: { name: 'survivorship by delisting', means: 'those that ended are missing' },
  };

/** The report in plain sentences, the most important first. */
export function sentencesOf(report: Omit<SurvivorshipReport, 'sentences'>): string[] {
  return [...comparison(report), ...ends(report), ...warning(report), ...stress(report)];
}

type Part = Omit<SurvivorshipReport, 'sentences'>;

function comparison({ reruns }: Part): string[] {
  return reruns.map(({ title, bias, symbols, difference, reason }) => {
    if (difference === null) return `${title}: ${reason ?? 'not run'}.`;
    const { cagr, sharpe, maxDrawdown } = difference;
    const parts = [
      changed('CAGR', cagr && cagr * 100, ' percentage points', ['higher', 'lower']),
      changed('the Sharpe ratio', sharpe, '', ['higher', 'lower']),
      changed('the deepest drawdown', maxDrawdown && maxDrawdown * 100, ' percentage points', [
        'shallower',
        'deeper',
      ]),
    ];
    return `${title} (${counted(symbols, 'symbol')}), against all of them: ${parts.join(', ')}. That is ${biasWords[bias].name} in this study (${biasWords[bias].means}); in another it may go the other way.`;
  });
}

function changed(
  what: string,
  by: number | null,
  unit: string,
  [more, less]: readonly [string, string],
): string {
  if (by === null) return `${what} cannot be compared`;
  const size = ratio(Math.abs(by));
  return size === '0.00'
    ? `${what} is the same`
    : `${what} is ${size}${unit} ${by > 0 ? more : less}`;
}

function ends({ basis, symbols, ended }: Part): string[] {
  if (basis === 'bars')
    return [
      ended.length === 0
        ? `There is no universe file, and the bars of all ${counted(symbols, 'symbol')} last to the end of the data.`
        : `There is no universe file: of ${counted(symbols, 'symbol')}, the bars of ${ended.length} end more than a month before the data do. Whether these were delisted, and at what return, the data do not say; positions in them are marked at the last close.`,
    ];
  const assumed = ended.filter(({ source }) => source === 'study').length;
  return [
    `Of ${counted(symbols, 'symbol')}, ${ended.length} ${ended.length === 1 ? 'is' : 'are'} delisted before the data end.`,
    ...(assumed === 0
      ? []
      : [`For ${assumed} of them the universe gives no return: the study’s setting is booked.`]),
  ];
}

/** Where even complete lists would often show no end, there is nothing to conclude. */
const telling = 0.05;

function warning({ suspicious, expected, basis }: Part): string[] {
  if (!suspicious) return [];
  const { share, chanceOfNone, perYear, source } = expected;
  const what =
    basis === 'universe' ? 'No symbol of the universe was ever delisted' : 'No symbol ever ends';
  const verdict =
    chanceOfNone < telling
      ? 'If these are companies, the list is probably one of survivors'
      : 'If these are companies, they are too few to tell whether the list is one of survivors';
  return [
    `${what} in more than three years of data. Of listed companies about ${shortPercent(perYear)} end each year; over these spans ${shortPercent(share)} of the symbols would be expected to have ended, and the chance that none does is ${shortPercent(chanceOfNone)}. ${verdict}; of indices, funds or currencies this says nothing. Source: ${source}`,
  ];
}

function stress({ stress: rows, ended }: Part): string[] {
  if (rows.length === 0) return [];
  if (ended.every(({ positions }) => positions === 0))
    return [
      'No position was open in a symbol when it was delisted: what a delisting returns changes nothing here.',
    ];
  const said = rows.map(
    ({ adverse, figures: { cagr } }) =>
      `${cagr === null ? 'not defined' : percent(cagr)} at ${wholePercent(adverse)}`,
  );
  return [
    `If every delisting moved the last close against the position (a long’s price falls, a short’s rises), CAGR would be ${said.join(', ')}.`,
  ];
}

/** What leaving symbols out does to target weights. */
export const weightsMeaning = ({ portfolio }: Study): string =>
  portfolio?.share === 'given'
    ? 'The strategy gives weights: what a symbol that is left out would have held stays in cash in its rerun.'
    : 'The strategy gives weights: in a rerun the symbols that are left share what all shared, each holds more.';
