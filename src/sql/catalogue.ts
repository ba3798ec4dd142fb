import atrSma from './features/atr_sma.sql?raw';
import atrWilder from './features/atr_wilder.sql?raw';
import attention from './features/attention.sql?raw';
import barReturn from './features/bar_return.sql?raw';
import constant from './features/constant.sql?raw';
import crowdReactivity from './features/crowd_reactivity.sql?raw';
import direction from './features/direction.sql?raw';
import fresh from './features/fresh.sql?raw';
import gFactor from './features/g_factor.sql?raw';
import gScore from './features/g_score.sql?raw';
import macroKnown from './features/macro_known.sql?raw';
import member from './features/member.sql?raw';
import panicScore from './features/panic_score.sql?raw';
import tradable from './features/tradable.sql?raw';
import trueRange from './features/true_range.sql?raw';
import zScore from './features/z_score.sql?raw';
import attentionKept from './import/attention_kept.sql?raw';
import attentionPeriods from './import/attention_periods.sql?raw';
import importBars from './import/bars.sql?raw';
import barsFaults from './import/bars_faults.sql?raw';
import barsKept from './import/bars_kept.sql?raw';
import barsOddities from './import/bars_oddities.sql?raw';
import barsRepeats from './import/bars_repeats.sql?raw';
import commas from './import/commas.sql?raw';
import datesRead from './import/dates_read.sql?raw';
import days from './import/days.sql?raw';
import drop from './import/drop.sql?raw';
import macroDisorder from './import/macro_disorder.sql?raw';
import macroKept from './import/macro_kept.sql?raw';
import macros from './import/macros.sql?raw';
import names from './import/names.sql?raw';
import replace from './import/replace.sql?raw';
import rowCounts from './import/row_counts.sql?raw';
import series from './import/series.sql?raw';
import seriesFaults from './import/series_faults.sql?raw';
import seriesRepeats from './import/series_repeats.sql?raw';
import tables from './import/tables.sql?raw';
import universe from './import/universe.sql?raw';
import universeFaults from './import/universe_faults.sql?raw';
import universeKept from './import/universe_kept.sql?raw';
import signals from './signals.sql?raw';

export { default as barsSql } from './bars.sql?raw';
export { default as marketSql } from './market.sql?raw';
export { default as macroByBarSql } from './macro_by_bar.sql?raw';
export { default as macroGapsSql } from './macro_gaps.sql?raw';

/** A strategy's signals (see signals.sql) around its own query. */
export const signalsSql = (strategy: string): string =>
  signals.replace('/* strategy */', () => strategy);

/** One query per feature. Each yields one row per row of `bars`, in order, unless its comment says otherwise. */
export const featureSql = {
  atr_sma: atrSma,
  atr_wilder: atrWilder,
  attention,
  bar_return: barReturn,
  constant,
  crowd_reactivity: crowdReactivity,
  direction,
  fresh,
  g_factor: gFactor,
  g_score: gScore,
  macro_known: macroKnown,
  member,
  panic_score: panicScore,
  tradable,
  true_range: trueRange,
  z_score: zScore,
} as const;

/** From files' cells as text to a typed dataset, and the queries that find what cannot stand. */
export const importSql = {
  macros,
  tables,
  rowCounts,
  names,
  days,
  datesRead,
  commas,
  bars: importBars,
  barsFaults,
  barsRepeats,
  barsOddities,
  barsKept,
  series,
  seriesFaults,
  seriesRepeats,
  attentionPeriods,
  attentionKept,
  macroDisorder,
  macroKept,
  universe,
  universeFaults,
  universeKept,
  replace,
  drop,
} as const;
