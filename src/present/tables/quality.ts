import type { QualityFinding, QualityKind, SymbolQuality } from '../../domain/quality.ts';
import type { FileTable } from '../../domain/file-table.ts';
import { fileTable } from '../file-table.ts';
import { date } from '../format.ts';
import { ofList } from './table.ts';

interface KindWords {
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Whether a study can go wrong by it. */
  readonly isGrave?: boolean;
}

export const qualityWords: Readonly<Record<QualityKind, KindWords>> = {
  duplicate: {
    title: 'Row stands twice',
    remedy: 'Nothing: one of the rows is kept. Look whether files overlap.',
  },
  disorder: {
    title: 'Row out of order',
    remedy: 'Nothing, if the dates are right: bars are sorted by them.',
  },
  outside: {
    title: 'Open or close outside the range',
    remedy: 'Correct the bar: fills at these prices may be ones that nobody had.',
    isGrave: true,
  },
  point: {
    title: 'Price 10 or 100 times off',
    remedy: 'Correct the cell: its decimal point looks misplaced.',
    isGrave: true,
  },
  split: {
    title: 'Jump like an unadjusted split',
    remedy: 'Give an adjusted close or a file of events; if nothing was split, leave it.',
    isGrave: true,
  },
  stale: {
    title: 'Same prices, 5 bars or more',
    remedy:
      'Check whether it was traded: prices that are filled forward give fills that nobody had.',
    isGrave: true,
  },
  gap: {
    title: 'Long pause',
    remedy: 'Add the missing bars, or check that it was not traded.',
  },
  'early-end': {
    title: 'Ends long before the others',
    remedy:
      'Add its later bars; if it was delisted, say when and at what return in a universe file.',
  },
  weekend: {
    title: 'Bar on a weekend',
    remedy: 'Check its date: the market of this symbol rests on weekends.',
  },
  untraded: {
    title: 'Bar without volume',
    remedy: 'Check whether it was traded; the study can limit orders by volume.',
  },
  copied: {
    title: 'Open is the close before',
    remedy: 'Take opens from another source: these look made up.',
    isGrave: true,
  },
  closed: {
    title: 'Bar while the exchange is closed',
    remedy:
      'Check zone and exchange of the file: on that day, or in that break, nothing is traded.',
  },
  slipped: {
    title: 'Sessions an hour off the exchange’s',
    remedy:
      'Say the zone of its clocks, such as -05:00, or get them anew: a change of clocks was missed.',
    isGrave: true,
  },
};

const lineWords = ({ place: { file, line } }: QualityFinding): string =>
  `${file ?? ''}${line === undefined ? '' : `, line ${line}`}`;

const moreOf = ({ ratio, slip, day }: QualityFinding): string | undefined =>
  slip === undefined
    ? ratio
    : `${slip.hours < 0 ? 'early' : 'late'}, ${date(day)} to ${date(slip.to)}`;

export const qualityColumns = ofList<QualityFinding>([
  { id: 'symbol', title: 'Symbol', unit: 'text', cell: ({ symbol }) => symbol },
  {
    id: 'finding',
    title: 'Finding',
    unit: 'text',
    cell: (finding) => {
      const more = moreOf(finding);
      return qualityWords[finding.kind].title + (more === undefined ? '' : ` (${more})`);
    },
  },
  { id: 'count', title: 'Count', unit: 'count', cell: ({ count }) => count },
  {
    id: 'first',
    title: 'First on',
    unit: 'date',
    cell: ({ day }) => day,
  },
  { id: 'place', title: 'In', unit: 'text', cell: lineWords },
  {
    id: 'value',
    title: 'Value',
    unit: 'text',
    cell: ({ place: { column, value } }) => `${column ?? ''} ${value ?? ''}`.trim(),
  },
  {
    id: 'remedy',
    title: 'What to do',
    unit: 'text',
    cell: ({ kind }) => qualityWords[kind].remedy,
  },
]);

export const spanColumns = ofList<SymbolQuality>([
  { id: 'symbol', title: 'Symbol', unit: 'text', cell: ({ symbol }) => symbol },
  { id: 'bars', title: 'Bars', unit: 'count', cell: ({ bars }) => bars },
  {
    id: 'from',
    title: 'First',
    unit: 'date',
    cell: ({ from }) => from,
    words: ({ from }) => date(from),
  },
  { id: 'to', title: 'Last', unit: 'date', cell: ({ to }) => to, words: ({ to }) => date(to) },
  {
    id: 'longest_step',
    title: 'Longest pause, days',
    unit: 'count',
    cell: ({ longestStep }) => longestStep,
  },
]);

/** A file of what stands out in the bars: one line for each finding. */
export const qualityTable = (findings: readonly QualityFinding[]): FileTable =>
  fileTable(qualityColumns, findings, findings.length);

/** A file of symbols: one line for each, with its first and last bar. */
export const spansTable = (symbols: readonly SymbolQuality[]): FileTable =>
  fileTable(spanColumns, symbols, symbols.length);
