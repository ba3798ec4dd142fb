import { isoFromDay } from '../calendar.ts';
import { csvLines, figure, isoDay, queryOf } from './answers.ts';
import { type Source, SourceFault } from './source.ts';

/** The table behind each graph of https://fred.stlouisfed.org, without a key. */
export const fred: Source = {
  id: 'fred',
  title: 'FRED, St. Louis Fed',
  role: 'macro',
  origin: 'https://fred.stlouisfed.org',
  symbols: { label: 'Series', example: 'VIX=VIXCLS' },
  options: [],
  keys: [],
  pace: { calls: 2, seconds: 1 },
  pages: 'closed',
  terms: {
    text: 'FRED’s terms of use; some series belong to others, as their notes say',
    address: 'https://fred.stlouisfed.org/legal/',
  },
  note: 'The newest revision of each value: what was known at the time may have differed.',
  call: ({ name, from, to }) => ({
    path: `/graph/fredgraph.csv?${queryOf({ id: name, cosd: isoFromDay(from), coed: isoFromDay(to) })}`,
  }),
  read: (text, { name }) => {
    const [head, ...lines] = csvLines(text);
    if (head?.length !== 2 || !/date/i.test(head[0]!))
      throw new SourceFault(`There is no series ${name}: ${text.slice(0, 80)}`);
    return {
      rows: lines
        .map(([date, value]) => ({ day: isoDay(date), values: [figure(value)] }))
        .filter(({ values }) => values[0] !== ''),
      next: null,
    };
  },
};
