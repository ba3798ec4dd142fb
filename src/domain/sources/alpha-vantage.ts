import { csvLines, figure, isoDay, parsed, queryOf, shown } from './answers.ts';
import { type Source, SourceFault } from './source.ts';

/** https://www.alphavantage.co/documentation/#daily: faults come with status 200, as JSON in place of the table. */
export const alphaVantage: Source = {
  id: 'alpha-vantage',
  title: 'Alpha Vantage',
  role: 'bars',
  origin: 'https://www.alphavantage.co',
  symbols: { label: 'Symbols', example: 'IBM' },
  options: [
    {
      name: 'outputsize',
      label: 'Rows',
      standard: 'compact',
      choices: ['compact', 'full'],
    },
  ],
  keys: [{ variable: 'ALPHAVANTAGE_API_KEY', label: 'API key' }],
  pace: { calls: 1, seconds: 2 },
  most: 25,
  pages: 'unknown',
  terms: {
    text: 'Alpha Vantage’s terms of service',
    address: 'https://www.alphavantage.co/terms_of_service/',
  },
  note: 'Prices as they were traded; splits are in them. Compact is the newest 100 days, full needs a paid key. The key goes in the address: Alpha Vantage takes it nowhere else.',
  call: ({ name, options, keys }) => ({
    path: `/query?${queryOf({
      function: 'TIME_SERIES_DAILY',
      symbol: name,
      outputsize: options['outputsize']!,
      datatype: 'csv',
      apikey: keys[0]!,
    })}`,
  }),
  read: (text) => {
    if (text.trimStart().startsWith('{'))
      throw new SourceFault(
        Object.values(parsed(text) as object)
          .map(shown)
          .join(' '),
      );
    const [head, ...lines] = csvLines(text);
    if (head?.join() !== 'timestamp,open,high,low,close,volume')
      throw new SourceFault(`The columns are others: ${head?.join() ?? ''}`);
    return {
      rows: lines.map(([date, ...values]) => ({ day: isoDay(date), values: values.map(figure) })),
      next: null,
    };
  },
};
