import centredAttention from './cheats/centred_attention.sql?raw';
import fullSampleScore from './cheats/full_sample_score.sql?raw';
import futureMember from './cheats/future_member.sql?raw';
import otherPlace from './cheats/other_place.sql?raw';
import revisedMacro from './cheats/revised_macro.sql?raw';
import sessionClose from './cheats/session_close.sql?raw';
import unfinishedBar from './cheats/unfinished_bar.sql?raw';

/** Features that look ahead on purpose, for the audit's demonstrations: no strategy and no expression has them. */
export const cheatSql = {
  centred_attention: centredAttention,
  full_sample_score: fullSampleScore,
  future_member: futureMember,
  revised_macro: revisedMacro,
  session_close: sessionClose,
  unfinished_bar: unfinishedBar,
  other_place: otherPlace,
} as const;
