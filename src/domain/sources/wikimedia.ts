import { isoFromDay } from '../calendar.ts';
import { fieldsOf, figure, isoDay, listOf, parsed, shown } from './answers.ts';
import type { Source } from './source.ts';

const compact = (day: number): string => isoFromDay(day).replaceAll('-', '');

/** https://doc.wikimedia.org/generated-data-platform/aqs/analytics-api/reference/page-views.html */
export const wikimedia: Source = {
  id: 'wikimedia',
  title: 'Wikipedia page views',
  role: 'attention',
  origin: 'https://wikimedia.org',
  symbols: { label: 'Articles', example: 'AAPL=Apple_Inc.' },
  options: [{ name: 'project', label: 'Wikipedia', standard: 'en.wikipedia' }],
  keys: [],
  pace: { calls: 10, seconds: 1 },
  pages: 'open',
  terms: { text: 'CC0 1.0', address: 'https://wikimedia.org/api/rest_v1/' },
  note: 'Views by people (agent “user”), all ways of access, by UTC day, from 2015-07-01 on.',
  call: ({ name, from, to, options }) => ({
    path: `/api/rest_v1/metrics/pageviews/per-article/${encodeURIComponent(options['project']!)}/all-access/user/${encodeURIComponent(name.replaceAll(' ', '_'))}/daily/${compact(from)}/${compact(to)}`,
  }),
  read: (text) => ({
    rows: listOf(fieldsOf(parsed(text))['items'], 'items').map((item) => {
      const { timestamp, views } = fieldsOf(item);
      const date = shown(timestamp).replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3');
      return { day: isoDay(date), values: [figure(views)] };
    }),
    next: null,
  }),
};
