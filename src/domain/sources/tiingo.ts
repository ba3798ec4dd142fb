import { isoFromDay } from '../calendar.ts';
import { fieldsOf, figure, isoDay, listOf, parsed, queryOf } from './answers.ts';
import type { Source } from './source.ts';

/** https://www.tiingo.com/documentation/end-of-day */
export const tiingo: Source = {
  id: 'tiingo',
  title: 'Tiingo',
  role: 'bars',
  origin: 'https://api.tiingo.com',
  symbols: { label: 'Symbols', example: 'AAPL' },
  options: [
    { name: 'prices', label: 'Prices', standard: 'adjusted', choices: ['adjusted', 'raw'] },
  ],
  keys: [{ variable: 'TIINGO_API_KEY', label: 'API token' }],
  pace: { calls: 1, seconds: 1 },
  most: 50,
  pages: 'unknown',
  terms: {
    text: 'Tiingo’s terms: for your own use',
    address: 'https://www.tiingo.com/about/terms',
  },
  call: ({ name, from, to, keys }) => ({
    path: `/tiingo/daily/${encodeURIComponent(name)}/prices?${queryOf({
      startDate: isoFromDay(from),
      endDate: isoFromDay(to),
      format: 'json',
    })}`,
    headers: { Authorization: `Token ${keys[0]}` },
  }),
  read: (text, { options }) => ({
    rows: listOf(parsed(text), 'prices').map((row) => {
      const fields = fieldsOf(row);
      const names =
        options['prices'] === 'raw'
          ? ['open', 'high', 'low', 'close', 'volume']
          : ['adjOpen', 'adjHigh', 'adjLow', 'adjClose', 'adjVolume'];
      return { day: isoDay(fields['date']), values: names.map((one) => figure(fields[one])) };
    }),
    next: null,
  }),
};
