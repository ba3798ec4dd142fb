import { centredAttention } from './centred-attention.ts';
import type { Cheat } from './cheat.ts';
import { fullSampleScore } from './full-sample-score.ts';
import { futureUniverse } from './future-universe.ts';
import { otherPlace } from './other-place.ts';
import { revisedMacro } from './revised-macro.ts';
import { sameBarFill } from './same-bar-fill.ts';
import { seeingStop } from './seeing-stop.ts';
import { sessionClose } from './session-close.ts';
import { unfinishedBar } from './unfinished-bar.ts';

/** The demonstrations, in the order in which a page shows them. */
export const cheats: readonly Cheat[] = [
  sameBarFill,
  centredAttention,
  fullSampleScore,
  futureUniverse,
  revisedMacro,
  seeingStop,
  sessionClose,
  unfinishedBar,
  otherPlace,
];
