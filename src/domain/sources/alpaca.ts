import { isoFromDay } from '../calendar.ts';
import { fieldsOf, figure, isoDay, listOf, parsed, queryOf } from './answers.ts';
import type { Source } from './source.ts';

/** https://docs.alpaca.markets/reference/stockbarsingle-1 */
export const alpaca: Source = {
  id: 'alpaca',
  title: 'Alpaca',
  role: 'bars',
  origin: 'https://data.alpaca.markets',
  symbols: { label: 'Symbols', example: 'AAPL' },
  options: [
    {
      name: 'adjustment',
      label: 'Prices adjusted for',
      standard: 'all',
      choices: ['all', 'split', 'dividend', 'raw'],
    },
    { name: 'feed', label: 'Feed', standard: 'iex', choices: ['iex', 'sip'] },
  ],
  keys: [
    { variable: 'ALPACA_API_KEY_ID', label: 'Key ID' },
    { variable: 'ALPACA_API_SECRET_KEY', label: 'Secret key' },
  ],
  pace: { calls: 200, seconds: 60 },
  pages: 'unknown',
  terms: {
    text: 'Alpaca’s market data agreement: for your own use',
    address: 'https://alpaca.markets/disclosures',
  },
  note: 'The free feed (iex) has one exchange’s trades: its volumes are a small part of the market’s.',
  call: ({ name, from, to, options, keys, cursor }) => ({
    path: `/v2/stocks/${encodeURIComponent(name)}/bars?${queryOf({
      timeframe: '1Day',
      start: isoFromDay(from),
      end: isoFromDay(to),
      limit: 10_000,
      adjustment: options['adjustment']!,
      feed: options['feed']!,
      ...(cursor !== null && { page_token: cursor }),
    })}`,
    headers: { 'APCA-API-KEY-ID': keys[0]!, 'APCA-API-SECRET-KEY': keys[1]! },
  }),
  read: (text) => {
    const { bars, next_page_token: next } = fieldsOf(parsed(text));
    return {
      rows: listOf(bars ?? [], 'bars').map((bar) => {
        const { t, o, h, l, c, v } = fieldsOf(bar);
        return { day: isoDay(t), values: [o, h, l, c, v].map(figure) };
      }),
      next: typeof next === 'string' ? next : null,
    };
  },
};
