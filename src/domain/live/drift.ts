import { deviation, mean } from 'd3-array';
import type { Booked, BookedFill } from '../execution/booked.ts';
import type { Bps, Day, Instant, Price, Step } from '../units.ts';
import type { LiveEvent, LiveState } from './account.ts';
import { bookedFills, fillsInStep, type Known } from './decision.ts';
import { answeredFills, bookOf } from './fills.ts';

/** A fill of the market beside the one that the simulator would have booked after the same fills before. */
export interface DriftRow {
  readonly step: Step;
  /** The step's session. */
  readonly day: Day;
  readonly symbol: string;
  readonly what: BookedFill['what'];
  /** Price with what costs in it and beside it take from it; null where that side has none. */
  readonly market: Price | null;
  readonly model: Price | null;
  /** How much worse the market's is, in bps of the model's; null where one is missing. */
  readonly slippage: Bps | null;
}

/** Means and counts over rows; null where there are none. */
export interface DriftFigures {
  /** Fills that both sides have, and how much worse the market's were in the mean, bps. */
  readonly compared: number;
  readonly slippage: Bps | null;
  /** What the simulator fills and the market did not, and the other way round. */
  readonly missed: number;
  readonly extra: number;
}

export interface DriftOfDay extends DriftFigures {
  readonly day: Day;
}

export interface Drift extends DriftFigures {
  readonly rows: readonly DriftRow[];
  /** Standard error of the mean slippage, bps; null for fewer than two fills. */
  readonly error: Bps | null;
  /** Seconds from the sending of an order to its fill, in the middle; null where nothing was filled. */
  readonly latency: number | null;
}

/** How far a market's fills are from those that the simulator would have booked in the same steps. */
function driftOf(known: Known, booked: Booked, latencies: readonly number[]): Drift {
  const rows: DriftRow[] = [];
  for (let step = 0; step <= booked.through; step++) {
    const own = booked.at(step);
    const model = fillsInStep(known, step, bookedFills(allOf(booked, step), step - 1));
    if (own.length > 0 || model.length > 0) rows.push(...compared(step, own, model, known));
  }
  const waits = [...latencies].sort((a, b) => a - b);
  const spread = deviation(slippagesOf(rows));
  return {
    rows,
    ...figuresOf(rows),
    error: spread === undefined ? null : spread / Math.sqrt(slippagesOf(rows).length),
    latency: waits[waits.length >> 1] ?? null,
  };
}

/** The drift of a live account's fills. */
export const driftOfState = ({ fills, intents, sentAt }: LiveState, known: Known): Drift =>
  driftOf(known, bookOf(answeredFills(fills, intents).ours, known), latenciesOf(fills, sentAt));

/** The figures of each session that has rows, in order. */
export function driftByDay({ rows }: Pick<Drift, 'rows'>): readonly DriftOfDay[] {
  const days = new Map<Day, DriftRow[]>();
  for (const row of rows) {
    const own = days.get(row.day);
    if (own === undefined) days.set(row.day, [row]);
    else own.push(row);
  }
  return [...days].map(([day, own]) => ({ day, ...figuresOf(own) }));
}

/** Sessions that are over, and that no event has told of: `next` is the session of the step to come. */
export function untold(
  days: readonly DriftOfDay[],
  events: readonly LiveEvent[],
  next: Day,
): readonly DriftOfDay[] {
  const told = events.findLast(({ kind }) => kind === 'drift')?.facts['day'] ?? -Infinity;
  return days.filter(({ day }) => day > told && day < next);
}

/** The facts of an event that tells of a session. */
export const factsOfDay = ({
  slippage,
  ...facts
}: DriftOfDay): Readonly<Record<string, number>> => ({
  ...facts,
  ...(slippage !== null && { slippage }),
});

const slippagesOf = (rows: readonly DriftRow[]): Bps[] =>
  rows.flatMap(({ slippage }) => (slippage === null ? [] : [slippage]));

function figuresOf(rows: readonly DriftRow[]): DriftFigures {
  const both = slippagesOf(rows);
  return {
    compared: both.length,
    slippage: mean(both) ?? null,
    missed: rows.filter(({ market }) => market === null).length,
    extra: rows.filter(({ model }) => model === null).length,
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
  { market: { symbols }, steps }: Known,
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
    const day = steps.day[step]!;
    return { step, day, symbol: symbols[symbol]!, what, market, model: modelled, slippage };
  });
}

/** What a unit cost a buyer, or brought a seller, all told but commission, which both know. */
function priceOf({ what, side, price, quantity, spread, slippage, impact }: BookedFill): Price {
  const direction = what === 'entry' ? side : -side;
  return price + (direction * (spread + slippage + impact)) / quantity;
}

/** The slippage that a study would have to book, in bps to a hundredth, so that its costs are those of the market; never below 0. */
export const calibratedSlippage = (booked: number, { slippage }: Pick<Drift, 'slippage'>): number =>
  Math.max(0, Math.round((booked + (slippage ?? 0)) * 100) / 100);

/** Seconds between sending and fill of each order that was filled. */
const latenciesOf = (
  fills: readonly { readonly at: Instant; readonly clientId: string | null }[],
  sentAt: ReadonlyMap<string, Instant>,
): number[] =>
  fills.flatMap(({ at, clientId }) => {
    const sent = clientId === null ? undefined : sentAt.get(clientId);
    return sent === undefined ? [] : [Math.max(0, at - sent)];
  });
