import type { Booked, BookedFill } from '../execution/booked.ts';
import { mean } from 'd3-array';
import type { Instant, Price, Step } from '../units.ts';
import { bookedFills, fillsInStep, type Known } from './decision.ts';

/** A fill of the market beside the one that the simulator would have booked after the same fills before. */
export interface DriftRow {
  readonly step: Step;
  readonly symbol: string;
  readonly what: BookedFill['what'];
  /** Price with what costs in it and beside it take from it; null where that side has none. */
  readonly market: Price | null;
  readonly model: Price | null;
  /** How much worse the market's is, in bps of the model's; null where one is missing. */
  readonly slippage: number | null;
}

export interface Drift {
  readonly rows: readonly DriftRow[];
  /** Means and counts over the rows; null where there are none. */
  readonly slippage: number | null;
  /** What the simulator fills and the market did not, and the other way round. */
  readonly missed: number;
  readonly extra: number;
  /** Seconds from the sending of an order to its fill, in the middle; null where nothing was filled. */
  readonly latency: number | null;
}

/** How far a market's fills are from those that the simulator would have booked in the same steps. */
export function driftOf(known: Known, booked: Booked, latencies: readonly number[]): Drift {
  const rows: DriftRow[] = [];
  for (let step = 0; step <= booked.through; step++) {
    const own = booked.at(step);
    const model = fillsInStep(known, step, bookedFills(allOf(booked, step), step - 1));
    if (own.length > 0 || model.length > 0) rows.push(...compared(step, own, model, known));
  }
  const both = rows.flatMap(({ slippage }) => (slippage === null ? [] : [slippage]));
  const waits = [...latencies].sort((a, b) => a - b);
  return {
    rows,
    slippage: mean(both) ?? null,
    missed: rows.filter(({ market }) => market === null).length,
    extra: rows.filter(({ model }) => model === null).length,
    latency: waits[waits.length >> 1] ?? null,
  };
}

/** Fills before a step. */
function allOf(booked: Booked, end: Step): ReadonlyMap<Step, readonly BookedFill[]> {
  const fills = new Map<Step, readonly BookedFill[]>();
  for (let step = 0; step < end; step++) fills.set(step, booked.at(step));
  return fills;
}

function compared(
  step: Step,
  own: readonly BookedFill[],
  model: readonly BookedFill[],
  { market: { symbols } }: Known,
): DriftRow[] {
  const keyOf = ({ symbol, what, side }: BookedFill): string => `${symbol} ${what} ${side}`;
  const filled = (fills: readonly BookedFill[]) =>
    new Map(fills.filter(({ quantity }) => quantity > 0).map((fill) => [keyOf(fill), fill]));
  const [ours, theirs] = [filled(model), filled(own)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].map((key) => {
    const [wanted, got] = [ours.get(key), theirs.get(key)];
    const { symbol, what, side } = (got ?? wanted)!;
    const market = got === undefined ? null : priceOf(got);
    const modelled = wanted === undefined ? null : priceOf(wanted);
    const direction = what === 'entry' ? side : -side;
    const slippage =
      market === null || modelled === null
        ? null
        : (direction * (market - modelled) * 10_000) / modelled;
    return { step, symbol: symbols[symbol]!, what, market, model: modelled, slippage };
  });
}

/** What a unit cost a buyer, or brought a seller, all told but commission, which both know. */
function priceOf({ what, side, price, quantity, spread, slippage, impact }: BookedFill): Price {
  const direction = what === 'entry' ? side : -side;
  return price + (direction * (spread + slippage + impact)) / quantity;
}

/** The slippage that a study would have to book, in bps, so that its costs are those of the market; never below 0. */
export const calibratedSlippage = (booked: number, { slippage }: Drift): number =>
  Math.max(0, booked + (slippage ?? 0));

/** Seconds between sending and fill of each order that was filled. */
export const latenciesOf = (
  fills: readonly { readonly at: Instant; readonly clientId: string | null }[],
  sentAt: ReadonlyMap<string, Instant>,
): number[] =>
  fills.flatMap(({ at, clientId }) => {
    const sent = clientId === null ? undefined : sentAt.get(clientId);
    return sent === undefined ? [] : [Math.max(0, at - sent)];
  });
