import type { OrderCounts } from '../domain/run.ts';
import type { FileRole } from '../state/dataset.svelte.ts';

export { choiceWord, conventionWords, costWords, exitWords, groupWords } from '../state/words.ts';

export const orderWords: Readonly<Record<keyof OrderCounts, string>> = {
  signals: 'Signals',
  filled: 'Filled',
  capped: 'Filled in part',
  noSlot: 'No free slot',
  unmet: 'Price not met',
  expired: 'Expired',
  tooSmall: 'Too small',
  noPower: 'No buying power',
  noVolume: 'No volume',
  paused: 'Trading paused',
  cooldown: 'Cooldown after a loss',
  noAtr: 'No ATR yet',
  pending: 'Waiting at the end',
};

export const roleWords: Readonly<Record<FileRole, string>> = {
  bars: 'Bars',
  attention: 'Attention',
  macro: 'Macro',
  universe: 'Universe',
};
