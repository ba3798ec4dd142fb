import { dateOf } from '../calendar.ts';
import { fieldsOf, figure, listOf, parsed, queryOf, secondsDay, shown } from './answers.ts';
import { type Source, SourceFault } from './source.ts';

/** https://docs.kraken.com/api-reference/market-data/get-ohlc-data */
export const kraken: Source = {
  id: 'kraken',
  title: 'Kraken',
  role: 'bars',
  origin: 'https://api.kraken.com',
  symbols: { label: 'Pairs', example: 'XBTUSD' },
  options: [],
  keys: [],
  pace: { calls: 1, seconds: 1 },
  pages: 'unknown',
  terms: { text: 'Kraken’s terms of service', address: 'https://www.kraken.com/legal' },
  note: 'Kraken gives the newest 720 days alone, whatever is asked.',
  call: ({ name, from }) => ({
    path: `/0/public/OHLC?${queryOf({ pair: name, interval: 1440, since: dateOf(from).getTime() / 1000 - 1 })}`,
  }),
  read: (text) => {
    const { error, result } = fieldsOf(parsed(text));
    const errors = Array.isArray(error) ? error.map(shown) : [];
    if (errors.length > 0) throw new SourceFault(errors.join(', '));
    const [, bars] = Object.entries(fieldsOf(result)).find(([name]) => name !== 'last') ?? [];
    return {
      rows: listOf(bars, 'bars').map((bar) => {
        const [time, open, high, low, close, , volume] = listOf(bar, 'prices');
        return { day: secondsDay(time), values: [open, high, low, close, volume].map(figure) };
      }),
      next: null,
    };
  },
};
