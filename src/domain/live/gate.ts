import { LabError } from '../errors.ts';
import type { Settings } from '../study/schema.ts';

/** What a setting must be for a market to trade the study as it is written. */
interface Refusal {
  readonly path: string;
  readonly isRefused: (settings: Settings) => boolean;
  readonly value: (settings: Settings) => string;
  readonly problem: string;
  readonly remedy: string;
}

const refusals: readonly Refusal[] = [
  {
    path: '/execution/fill',
    isRefused: ({ execution: { fill } }) => fill !== 'next-open' && fill !== 'next-close',
    value: ({ execution }) => execution.fill,
    problem: 'No market fills an order at a price that had passed when it was decided on.',
    remedy: 'Set execution.fill to next-open or next-close, and run the study again.',
  },
  {
    path: '/risk/accounts',
    isRefused: ({ risk }) => risk.accounts === 'per-symbol',
    value: () => 'per-symbol',
    problem: 'A broker keeps one account for all symbols.',
    remedy: 'Set risk.accounts to shared, or trade one symbol with each study.',
  },
  {
    path: '/contributions/amount',
    isRefused: ({ contributions }) => (contributions?.amount ?? null) !== null,
    value: ({ contributions }) => String(contributions?.amount),
    problem: 'Money is paid in and out at the broker, not by a study.',
    remedy: 'Set contributions.amount to null.',
  },
];

/**
 * The settings under which a study is traded on a market: its own, but that nothing is closed because the data end. Throws a LabError
 * of kind `study` where one can only be had in a backtest.
 */
export function liveSettings<Of extends Settings>(settings: Of): Of {
  const refused = refusals.find(({ isRefused }) => isRefused(settings));
  if (refused !== undefined) {
    const { path, problem, remedy } = refused;
    throw new LabError({
      kind: 'study',
      problem,
      remedy,
      place: { path, value: refused.value(settings) },
    });
  }
  return { ...settings, execution: { ...settings.execution, endOfData: 'mark' } };
}
