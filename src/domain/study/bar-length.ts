import type { BarsSettings } from './session.ts';

/** Bars that a study thinks in, as they are made of others. */
export interface BarLength {
  readonly length: 'given' | 'time' | 'session' | 'week' | 'month';
  /** Of a length of time; 0 elsewhere. */
  readonly seconds: number;
}

const units = { min: 60, h: 3600 } as const;

/** '5min' → 300 seconds of time. */
export function barLength(every: BarsSettings['every']): BarLength {
  const [, count, unit] = /^(\d+)(min|h)$/.exec(every) ?? [];
  return unit === undefined
    ? { length: every as 'given' | 'session' | 'week' | 'month', seconds: 0 }
    : { length: 'time', seconds: Number(count) * units[unit as keyof typeof units] };
}
