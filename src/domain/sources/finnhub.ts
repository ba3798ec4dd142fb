import { dateOf } from '../calendar.ts';
import { fieldsOf, figure, listOf, parsed, queryOf, secondsDay, shown } from './answers.ts';
import { type Source, SourceFault } from './source.ts';

/** https://finnhub.io/docs/api/stock-candles */
export const finnhub: Source = {
  id: 'finnhub',
  title: 'Finnhub',
  role: 'bars',
  origin: 'https://finnhub.io',
  symbols: { label: 'Symbols', example: 'AAPL' },
  options: [],
  keys: [{ variable: 'FINNHUB_API_KEY', label: 'API key' }],
  pace: { calls: 60, seconds: 60 },
  pages: 'unknown',
  terms: { text: 'Finnhub’s terms of service', address: 'https://finnhub.io/terms-of-service' },
  note: 'Daily candles need a paid key.',
  call: ({ name, from, to, keys }) => ({
    path: `/api/v1/stock/candle?${queryOf({
      symbol: name,
      resolution: 'D',
      from: dateOf(from).getTime() / 1000,
      to: dateOf(to + 1).getTime() / 1000 - 1,
    })}`,
    headers: { 'X-Finnhub-Token': keys[0]! },
  }),
  read: (text) => {
    const { s, error, t, o, h, l, c, v } = fieldsOf(parsed(text));
    if (s === 'no_data') return { rows: [], next: null };
    if (s !== 'ok') throw new SourceFault(shown(error ?? 'The answer is not marked as ok.'));
    const columns = [o, h, l, c, v].map((column) => listOf(column, 'prices'));
    return {
      rows: listOf(t, 'times').map((time, i) => ({
        day: secondsDay(time),
        values: columns.map((column) => figure(column[i])),
      })),
      next: null,
    };
  },
};
