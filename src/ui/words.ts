import type { ExitReason, OrderCounts } from '../domain/run.ts';
import type { FileRole } from '../state/dataset.svelte.ts';

export const exitWords: Readonly<Record<ExitReason, string>> = {
  stop: 'Stop',
  target: 'Target',
  trailing: 'Trailing stop',
  time: 'Longest holding',
  opposite: 'Opposite signal',
  'kill-switch': 'Kill-switch',
  end: 'End of data',
};

export const orderWords: Readonly<Record<keyof OrderCounts, string>> = {
  signals: 'Signals',
  filled: 'Filled',
  noSlot: 'No free slot',
  expired: 'Expired',
  tooSmall: 'Too small',
  paused: 'Kill-switch pause',
  noAtr: 'No ATR yet',
  pending: 'Waiting at the end',
};

export const roleWords: Readonly<Record<FileRole, string>> = {
  bars: 'Bars',
  attention: 'Attention',
  macro: 'Macro',
  universe: 'Universe',
};
