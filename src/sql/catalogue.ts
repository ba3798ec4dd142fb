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

export { default as barsSql } from './bars.sql?raw';

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
