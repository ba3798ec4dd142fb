import { centredAttention } from './centred-attention.ts';
import type { Cheat } from './cheat.ts';
import { fullSampleScore } from './full-sample-score.ts';
import { futureUniverse } from './future-universe.ts';
import { revisedMacro } from './revised-macro.ts';
import { sameBarFill } from './same-bar-fill.ts';
import { seeingStop } from './seeing-stop.ts';

/** The demonstrations, in the order in which a page shows them. */
export const cheats: readonly Cheat[] = [
  sameBarFill,
  centredAttention,
  fullSampleScore,
  futureUniverse,
  revisedMacro,
  seeingStop,
];
