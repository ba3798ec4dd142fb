import { isoFromDay } from '../calendar.ts';
import { fieldsOf, figure, isoDay, parsed, queryOf } from './answers.ts';
import type { Source } from './source.ts';

/** https://frankfurter.dev/v1/: the reference rates of the European Central Bank. */
export const frankfurter: Source = {
  id: 'frankfurter',
  title: 'ECB exchange rates (Frankfurter)',
  role: 'macro',
  origin: 'https://api.frankfurter.dev',
  symbols: { label: 'Currencies', example: 'USD' },
  options: [{ name: 'base', label: 'One unit of', standard: 'EUR' }],
  keys: [],
  pace: { calls: 2, seconds: 1 },
  pages: 'open',
  terms: {
    text: 'ECB reference rates, free with the source named',
    address: 'https://www.ecb.europa.eu/services/using-our-site/disclaimer/html/index.en.html',
  },
  note: 'Fixed at about 16:00 CET and dated that day; from 1999-01-04 on.',
  nameOf: ({ name, options }) => `${options['base']}${name}`,
  call: ({ name, from, to, options }) => ({
    path: `/v1/${isoFromDay(from)}..${isoFromDay(to)}?${queryOf({ base: options['base']!, symbols: name })}`,
  }),
  read: (text, { name }) => ({
    rows: Object.entries(fieldsOf(fieldsOf(parsed(text))['rates'])).map(([date, rates]) => ({
      day: isoDay(date),
      values: [figure(fieldsOf(rates)[name])],
    })),
    next: null,
  }),
};
