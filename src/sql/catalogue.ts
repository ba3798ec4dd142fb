import atrSma from './features/atr_sma.sql?raw';
import atrWilder from './features/atr_wilder.sql?raw';
import attention from './features/attention.sql?raw';
import averageGap from './features/average_gap.sql?raw';
import barReturn from './features/bar_return.sql?raw';
import bollinger from './features/bollinger.sql?raw';
import constant from './features/constant.sql?raw';
import corwinSchultz from './features/corwin_schultz.sql?raw';
import crowdReactivity from './features/crowd_reactivity.sql?raw';
import direction from './features/direction.sql?raw';
import ema from './features/ema.sql?raw';
import fresh from './features/fresh.sql?raw';
import gByBar from './features/g_by_bar.sql?raw';
import gFactor from './features/g_factor.sql?raw';
import gScore from './features/g_score.sql?raw';
import highest from './features/highest.sql?raw';
import lowest from './features/lowest.sql?raw';
import macroKnown from './features/macro_known.sql?raw';
import member from './features/member.sql?raw';
import momentum from './features/momentum.sql?raw';
import momentumRank from './features/momentum_rank.sql?raw';
import moves from './features/moves.sql?raw';
import newPeriod from './features/new_period.sql?raw';
import pairRatio from './features/pair_ratio.sql?raw';
import pairScore from './features/pair_score.sql?raw';
import panicScore from './features/panic_score.sql?raw';
import rsiCutler from './features/rsi_cutler.sql?raw';
import rsiWilder from './features/rsi_wilder.sql?raw';
import sma from './features/sma.sql?raw';
import smoothed from './features/smoothed.sql?raw';
import tradable from './features/tradable.sql?raw';
import trueRange from './features/true_range.sql?raw';
import zScore from './features/z_score.sql?raw';
import attentionKept from './import/attention_kept.sql?raw';
import attentionPeriods from './import/attention_periods.sql?raw';
import importBars from './import/bars.sql?raw';
import barsBreaks from './import/bars_breaks.sql?raw';
import barsConverted from './import/bars_converted.sql?raw';
import barsFaults from './import/bars_faults.sql?raw';
import barsKept from './import/bars_kept.sql?raw';
import barsOddities from './import/bars_oddities.sql?raw';
import barsPlace from './import/bars_place.sql?raw';
import barsRated from './import/bars_rated.sql?raw';
import barsRepeats from './import/bars_repeats.sql?raw';
import barsUnrated from './import/bars_unrated.sql?raw';
import commas from './import/commas.sql?raw';
import currencies from './import/currencies.sql?raw';
import datesRead from './import/dates_read.sql?raw';
import days from './import/days.sql?raw';
import drop from './import/drop.sql?raw';
import fileSpans from './import/file_spans.sql?raw';
import macroDisorder from './import/macro_disorder.sql?raw';
import macroKept from './import/macro_kept.sql?raw';
import macros from './import/macros.sql?raw';
import names from './import/names.sql?raw';
import parts from './import/parts.sql?raw';
import rates from './import/rates.sql?raw';
import replace from './import/replace.sql?raw';
import rowCounts from './import/row_counts.sql?raw';
import series from './import/series.sql?raw';
import seriesFaults from './import/series_faults.sql?raw';
import seriesRepeats from './import/series_repeats.sql?raw';
import spans from './import/spans.sql?raw';
import tables from './import/tables.sql?raw';
import universe from './import/universe.sql?raw';
import universeFaults from './import/universe_faults.sql?raw';
import universeKept from './import/universe_kept.sql?raw';
import universeOverlaps from './import/universe_overlaps.sql?raw';
import universeRegrouped from './import/universe_regrouped.sql?raw';
import volumeless from './import/volumeless.sql?raw';
import signals from './signals.sql?raw';

export { default as barsSql } from './bars.sql?raw';
export { default as marketSql } from './market.sql?raw';
export { default as macroByBarSql } from './macro_by_bar.sql?raw';
export { default as macroGapsSql } from './macro_gaps.sql?raw';

/**
 * A strategy's signals (see signals.sql) around its own query, both with their placeholders. `halfSpread` adds the column
 * half_spread, from the feature that is bound to `{half_spread}`.
 */
export const signalsSql = (strategy: string, { halfSpread }: { halfSpread: boolean }): string =>
  signals
    .replace('/* strategy */', () => strategy)
    .replace('/* half spread */', halfSpread ? halfSpreadColumn : '')
    .replace('/* spread table */', halfSpread ? 'POSITIONAL JOIN {half_spread} AS spread' : '');

const halfSpreadColumn = `, coalesce(spread.value, 'NaN'::DOUBLE)::DOUBLE AS half_spread`;

/** One query per feature. Each yields one row per row of `bars`, in order, unless its comment says otherwise. */
export const featureSql = {
  atr_sma: atrSma,
  atr_wilder: atrWilder,
  attention,
  average_gap: averageGap,
  bar_return: barReturn,
  bollinger,
  constant,
  corwin_schultz: corwinSchultz,
  crowd_reactivity: crowdReactivity,
  direction,
  ema,
  fresh,
  g_by_bar: gByBar,
  g_factor: gFactor,
  g_score: gScore,
  highest,
  lowest,
  macro_known: macroKnown,
  member,
  momentum,
  momentum_rank: momentumRank,
  moves,
  new_period: newPeriod,
  pair_ratio: pairRatio,
  pair_score: pairScore,
  panic_score: panicScore,
  rsi_cutler: rsiCutler,
  rsi_wilder: rsiWilder,
  sma,
  smoothed,
  tradable,
  true_range: trueRange,
  z_score: zScore,
} as const;

/** From files' cells as text to a typed dataset, and the queries that find what cannot stand. */
export const importSql = {
  macros,
  tables,
  rowCounts,
  fileSpans,
  names,
  days,
  datesRead,
  commas,
  bars: importBars,
  barsFaults,
  barsRepeats,
  barsOddities,
  barsKept,
  barsBreaks,
  barsRated,
  barsUnrated,
  barsConverted,
  barsPlace,
  currencies,
  rates,
  spans,
  parts,
  volumeless,
  series,
  seriesFaults,
  seriesRepeats,
  attentionPeriods,
  attentionKept,
  macroDisorder,
  macroKept,
  universe,
  universeFaults,
  universeOverlaps,
  universeRegrouped,
  universeKept,
  replace,
  drop,
} as const;
