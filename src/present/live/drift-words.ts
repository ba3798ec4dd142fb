import { calibratedSlippage, type Drift, type DriftOfDay } from '../../domain/live/drift.ts';
import type { Settings } from '../../domain/study/schema.ts';
import { amount, bps, counted, date } from '../format.ts';

/** How a session's fills were beside those that the simulator books, in a sentence. */
export function driftDayWords({ day, compared, slippage, missed, extra }: DriftOfDay): string {
  const parts = [
    compared === 0
      ? 'no fill to compare'
      : `${counted(compared, 'fill')}, ${slippageWords(slippage)}`,
    ...(missed === 0 ? [] : [`${missed} missed`]),
    ...(extra === 0 ? [] : [`${extra} that the simulator has not`]),
  ];
  return `${date(day)}: ${parts.join('; ')}.`;
}

/** “3.2 bps worse than the simulator’s”; below 0 better. */
export function slippageWords(slippage: DriftOfDay['slippage']): string {
  if (slippage === null || Math.abs(slippage) < 0.05) return 'as the simulator books them';
  return `${bps(Math.abs(slippage))} ${slippage > 0 ? 'worse' : 'better'} than the simulator’s`;
}

/** The slippage that would make the study’s costs the market’s, or why there is none. */
export function calibrationWords({ costs }: Settings, drift: Drift): string {
  if (drift.slippage === null) return 'No fill was compared: there is nothing to calibrate by.';
  if (costs.slippageModel !== 'bps')
    return 'The study’s slippage is no number of bps: only that can be calibrated.';
  const found = calibratedSlippage(costs.slippage, drift);
  return `The study books ${amount(costs.slippage)} bps of slippage; with ${amount(found)} bps its fills cost what the market’s do.`;
}
