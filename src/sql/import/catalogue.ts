import { declare } from '../query.ts';
import bars from './bars.sql?raw';
import contracts from './contracts.sql?raw';
import currencies from './currencies.sql?raw';
import dates from './dates.sql?raw';
import files from './files.sql?raw';
import quality from './quality.sql?raw';
import series from './series.sql?raw';
import tables from './tables.sql?raw';
import universe from './universe.sql?raw';

/** The first row of import_cells that cannot stand, where there is one. */
const firstRow = { row: 'bigint or null' } as const;
const role = { role: 'text' } as const;

/**
 * From files' cells as text to a typed dataset, and the queries that find what cannot stand. Those that yield nothing here
 * are kept as tables, or are scripts. They take variables.
 */
export const importSql = {
  ...declare(tables, { tables: {}, replace: {}, drop: {} }),
  ...declare(files, {
    rowCounts: {
      yields: {
        file: 'integer',
        kept: 'integer',
        empty: 'integer',
        first_empty: 'integer or null',
      },
    },
    numbered: { yields: { row: 'integer' } },
    fileSpans: {
      yields: { file: 'integer', first_day: 'integer or null', last_day: 'integer or null' },
    },
    names: { yields: { role: 'text', name: 'text' } },
    early: {
      takes: { file: 'integer', day: 'integer' },
      yields: { rows: 'integer', first_record: 'integer or null' },
    },
    withoutEarly: { takes: { file: 'integer', day: 'integer' } },
    firstFault: {
      yields: { row: 'bigint', file: 'integer', field: 'text', problem: 'text', rows: 'integer' },
    },
    faultDays: {
      takes: { file: 'integer', field: 'text', problem: 'text' },
      yields: { last_day: 'integer or null', next_day: 'integer or null' },
    },
    faulty: { yields: { file: 'integer', rows: 'integer', first_record: 'integer' } },
    withoutFaulty: { takes: { file: 'integer' } },
    commas: {
      yields: {
        file: 'integer',
        points: 'integer',
        commas: 'integer',
        ungrouped: 'integer',
        row: 'integer',
        field: 'text',
      },
    },
  }),
  ...declare(dates, {
    days: {},
    datesRead: {
      yields: { file: 'integer', format: 'text', parsed: 'integer', present: 'integer' },
    },
  }),
  ...declare(bars, {
    bars: {},
    barsFaults: {},
    someTime: { yields: { found: 'integer' } },
    dayTexts: {},
    stampNames: { takes: { file: 'integer' }, yields: { name: 'text' } },
    stamps: { takes: { file: 'integer' } },
    barsTimed: {},
    barsOverlaps: { yields: firstRow },
    barsRepeats: { yields: firstRow },
    barsKept: {},
    barsUnscaled: {},
    barsBreaks: {
      yields: {
        sym: 'integer',
        day: 'integer',
        day_before: 'integer',
        opened: 'number',
        closed: 'number',
      },
    },
    spans: {
      yields: { sym: 'integer', bars: 'integer', first_day: 'integer', last_day: 'integer' },
    },
    volumeless: { yields: { sym: 'integer' } },
  }),
  ...declare(quality, {
    quality: {},
    qualityFindings: {
      yields: { kind: 'text', sym: 'integer', field: 'text', bars: 'integer', row: 'integer' },
    },
    shifted: {
      yields: {
        file: 'integer',
        clocks: 'integer',
        clock: 'integer',
        weekdays: 'integer',
        mondays: 'integer',
        fridays: 'integer',
        saturdays: 'integer',
        sundays: 'integer',
      },
    },
    beside: {
      yields: {
        role: 'text',
        name: 'text',
        first_day: 'integer',
        last_day: 'integer',
        first_bar: 'integer',
        last_bar: 'integer',
      },
    },
    repeats: {},
    repeatsJudged: {
      takes: { at: 'text' },
      yields: { row: 'integer', sym: 'integer', is_same: 'integer' },
    },
  }),
  ...declare(currencies, {
    currencies: { yields: { symbol: 'text', currency: 'text', row: 'integer' } },
    rates: {},
    barsRated: {},
    barsUnrated: { yields: { sym: 'integer', day: 'integer', series: 'text' } },
    barsConverted: {},
  }),
  ...declare(series, {
    series: { takes: role },
    seriesFaults: { takes: role },
    seriesRepeats: { yields: firstRow },
    attentionPeriods: { yields: { sym: 'integer', gap: 'integer or null', row: 'integer' } },
    attentionKept: {},
    macroDisorder: { yields: firstRow },
    macroKept: {},
  }),
  ...declare(universe, {
    universe: {},
    universeFaults: {},
    universeOverlaps: { yields: firstRow },
    universeRegrouped: { yields: firstRow },
    universeKept: {},
    parts: {},
  }),
  ...declare(contracts, {
    instruments: {},
    instrumentsFaults: {},
    instrumentsRepeats: { yields: firstRow },
    instrumentsForeign: { yields: { row: 'integer', sym: 'integer', field: 'text' } },
    instrumentsParts: {},
    instrumentsKept: {},
    offTick: { yields: { sym: 'integer', bars: 'integer', tick: 'number' } },
    events: {},
    eventsFaults: {},
    eventsRepeats: { yields: firstRow },
    eventBars: {
      yields: {
        row: 'integer',
        sym: 'integer',
        day: 'integer',
        dividend: 'number or null',
        split: 'number or null',
        day_before: 'integer or null',
        close_before: 'number or null',
        ex_day: 'integer or null',
        open: 'number or null',
      },
    },
    adjustedEvents: { yields: firstRow },
    barsLinked: {},
    eventsKept: {},
    eventsConverted: {},
  }),
} as const;

export { default as importMacros } from './macros.sql?raw';
