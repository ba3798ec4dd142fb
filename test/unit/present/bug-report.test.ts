import { expect, it } from 'vitest';
import { bugReport } from '../../../src/present/bug-report.ts';
import { matching } from '../../../src/present/log-lines.ts';

const line = (level: string, module: string, message: string) => ({ level, module, message });
const log = [
  line('info', 'lab', 'run: done'),
  line('error', 'page', 'Shown: a failure'),
  line('debug', 'journal', 'runs: done'),
];

it('a bug report is facts, last errors and last lines; texts of settings stay out', () => {
  const text = bugReport(
    {
      ...{ version: '1.0.0', engine: '0.6.0', duckdb: null, browser: 'Chromium', cores: 2 },
      window: { width: 360, height: 800, scale: 2 },
      dataset: { symbols: 1, bars: 1_258, roles: ['bars'], bytes: 2048 },
      strategy: 'custom',
      settings: [
        { path: '/exits/stop', value: 2.5 },
        { path: '/strategy/parameters/entry', value: 'close > 100.25' },
        { path: '/range/from', value: null },
      ],
      run: null,
    },
    log,
    (told) => told,
  );
  expect(text.split('\n')).toEqual([
    'Outsample 1.0.0, engine 0.6.0',
    'Browser: Chromium',
    'Window: 360 × 800, 2 pixels to one; 2 cores',
    'Dataset: 1 symbol, 1,258 bars, bars, 2 kB',
    'Strategy: custom',
    'Settings that differ:',
    '  /exits/stop = 2.5',
    '  /strategy/parameters/entry = a text',
    '  /range/from = not set',
    'Run: none',
    '',
    'Last errors (1):',
    JSON.stringify(log[1]),
    '',
    'Last lines of the log (3):',
    ...log.map((one) => JSON.stringify(one)),
  ]);
});

it('lines are found by level, module and words in any order', () => {
  const found = (filter: object) =>
    matching(log, { level: 'debug', module: '', words: '', ...filter }).map(({ module }) => module);
  expect(found({})).toEqual(['lab', 'page', 'journal']);
  expect(found({ level: 'warning' })).toEqual(['page']);
  expect(found({ module: 'lab' })).toEqual(['lab']);
  expect(found({ words: 'DONE runs' })).toEqual(['journal']);
});
