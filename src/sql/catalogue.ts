import atrSma from './features/atr_sma.sql?raw';
import atrWilder from './features/atr_wilder.sql?raw';
import attention from './features/attention.sql?raw';
import barReturn from './features/bar_return.sql?raw';
import constant from './features/constant.sql?raw';
import crowdReactivity from './features/crowd_reactivity.sql?raw';
import direction from './features/direction.sql?raw';
import gFactor from './features/g_factor.sql?raw';
import gScore from './features/g_score.sql?raw';
import macroKnown from './features/macro_known.sql?raw';
import member from './features/member.sql?raw';
import panicScore from './features/panic_score.sql?raw';
import tradable from './features/tradable.sql?raw';
import trueRange from './features/true_range.sql?raw';
import zScore from './features/z_score.sql?raw';
import attentionGaps from './import/attention_gaps.sql?raw';
import importBars from './import/bars.sql?raw';
import barsFaults from './import/bars_faults.sql?raw';
import barsRepeats from './import/bars_repeats.sql?raw';
import copiedOpens from './import/copied_opens.sql?raw';
import datesRead from './import/dates_read.sql?raw';
import macroDisorder from './import/macro_disorder.sql?raw';
import macros from './import/macros.sql?raw';
import series from './import/series.sql?raw';
import seriesFaults from './import/series_faults.sql?raw';
import seriesRepeats from './import/series_repeats.sql?raw';
import universe from './import/universe.sql?raw';
import universeFaults from './import/universe_faults.sql?raw';
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
  g_factor: gFactor,
  g_score: gScore,
  macro_known: macroKnown,
  member,
  panic_score: panicScore,
  tradable,
  true_range: trueRange,
  z_score: zScore,
} as const;

/** From a file's text columns (`staged`) to typed rows, and the queries that find what cannot stand. */
export const importSql = {
  macros,
  datesRead,
  bars: importBars,
  barsFaults,
  barsRepeats,
  copiedOpens,
  series,
  seriesFaults,
  seriesRepeats,
  attentionGaps,
  macroDisorder,
  universe,
  universeFaults,
} as const;
