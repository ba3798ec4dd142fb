import { makeVector } from 'apache-arrow';
import { isoFromDay } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { Note } from '../../../src/domain/note.ts';
import type { Day } from '../../../src/domain/units.ts';
import { amount, shortPercent } from '../../../src/present/format.ts';
import { eventsOutside, paidTwice } from '../../../src/present/notes/events.ts';
import { importSql } from '../../../src/sql/import/catalogue.ts';
import { within } from '../../../src/sql/query.ts';
import { ask, keep } from '../ask.ts';
import { findBreaks } from './breaks.ts';
import { errorAt, isAdjusting } from './cells.ts';
import { type Checked, refuseRow } from './checks.ts';
import { bySymbol, findCuts } from './cuts.ts';
import { int32s, putTable } from './tables.ts';

/** What a row of an events file says, beside its symbol's bars before and from the ex-date on. */
interface GivenEvent {
  readonly row: number;
  readonly sym: number;
  readonly day: Day;
  readonly dividend: number | null;
  readonly split: number | null;
  readonly dayBefore: Day;
  readonly closeBefore: number;
  readonly exDay: Day;
  readonly open: number;
}

/** Events that count from the same bar on, in the order of their dates. */
interface ExBar extends Pick<GivenEvent, 'sym' | 'dayBefore' | 'closeBefore' | 'exDay' | 'open'> {
  readonly events: readonly GivenEvent[];
  /** Shares after the splits for one before. */
  readonly split: number;
  /** What the dividends are of the close before. */
  readonly yield: number;
}

/**
 * Leaves next_bars linked forward by the splits of next_events: from its ex-date on each multiplies prices and divides
 * volume. Throws where prices are adjusted by an event already, so that it would count twice. Two companies under one
 * symbol are linked each for itself.
 */
export async function linkForward(context: Checked, symbols: readonly string[]): Promise<Note[]> {
  const { engine, sources, at, signal } = context;
  if (sources.some(isAdjusting))
    await refuseRow(context, importSql.adjustedEvents, (name) => ({
      problem: `The prices of ${name} are scaled to an adjusted close already: its dividends and splits would count twice.`,
      remedy: 'Leave the adjusted close out of its bars, or its events out of this file.',
    }));
  const cuts = await findCuts(engine, await findBreaks(engine, signal), signal);
  const { inside, outside } = await placed(context, cuts);
  const bars = exBarsOf(inside);
  const fault = bars
    .flatMap((bar) => faultOf(bar, symbols[bar.sym]!))
    .sort((a, b) => a.event.row - b.event.row)[0];
  if (fault !== undefined) {
    const { event, field, problem, remedy } = fault;
    throw await errorAt(engine, sources, { row: event.row, field }, () => ({ problem, remedy }));
  }
  const factors = factorsOf(bars, cuts, symbols);
  if (factors.length > 0) {
    putTable(engine, 'next_factors', {
      sym: int32s(factors.map(({ sym }) => sym)),
      day: int32s(factors.map(({ day }) => day)),
      factor: makeVector(Float64Array.from(factors, ({ factor }) => factor)),
    });
    await keep(engine, 'next_bars', within(importSql.barsLinked, { at }), {}, signal);
  }
  await keep(engine, 'next_events', importSql.eventsKept, {}, signal);
  const twice = [...bySymbol(bars)].flatMap(([sym, own]) => {
    const found = paidAlready(own);
    return found === null ? [] : [{ symbol: symbols[sym]!, ...found }];
  });
  return [
    ...(outside.size === 0
      ? []
      : [
          eventsOutside(
            [...outside].map(([sym, events]) => ({ symbol: symbols[sym]!, events: events.length })),
          ),
        ]),
    ...(twice.length === 0 ? [] : [paidTwice(twice)]),
  ];
}

interface Cut {
  readonly sym: number;
  readonly from: Day;
}

/** The events that fall between bars of one company; on its first bar or before, and after its last, they do nothing. */
async function placed({ engine, at, signal }: Checked, cuts: readonly Cut[]) {
  const found = await ask(engine, within(importSql.eventBars, { at }), {}, signal);
  const inside: GivenEvent[] = [];
  const outside = new Map<number, (typeof found)[number][]>();
  for (const event of found) {
    const { sym, day_before: dayBefore, close_before: closeBefore, ex_day: exDay, open } = event;
    const isCut = cuts.some(
      (cut) => cut.sym === sym && cut.from > (dayBefore ?? 0) && cut.from <= (exDay ?? 0),
    );
    if (dayBefore === null || closeBefore === null || exDay === null || open === null || isCut)
      outside.set(sym, [...(outside.get(sym) ?? []), event]);
    else inside.push({ ...event, dayBefore, closeBefore, exDay, open });
  }
  return { inside, outside };
}

function exBarsOf(events: readonly GivenEvent[]): ExBar[] {
  const groups: GivenEvent[][] = [];
  for (const event of events) {
    const [before] = groups.at(-1) ?? [];
    if (before?.sym === event.sym && before.exDay === event.exDay) groups.at(-1)!.push(event);
    else groups.push([event]);
  }
  return groups.map((group) => {
    const splitBy = (day: Day): number =>
      group.reduce((all, one) => (one.day <= day ? all * (one.split ?? 1) : all), 1);
    // A dividend is per share after the splits up to its own date, that date's among them.
    const paid = group.reduce((sum, { day, dividend }) => sum + splitBy(day) * (dividend ?? 0), 0);
    const split = splitBy(Infinity);
    const { sym, dayBefore, closeBefore, exDay, open } = group[0]!;
    const ofClose = paid / closeBefore;
    return { sym, dayBefore, closeBefore, exDay, open, events: group, split, yield: ofClose };
  });
}

/** From these on a split, and a dividend, is told from a day's own move by the open alone. */
const clearSplit = { least: 1.25, most: 0.8 };
const clearYield = 0.2;

interface EventFault {
  readonly event: GivenEvent;
  readonly field: 'value' | 'volume';
  readonly problem: string;
  readonly remedy: string;
}

/** Whether a change of price is nearer to none than it would be after it is multiplied by this. */
const isAdjustedBy = (factor: number, change: number): boolean =>
  Math.abs(change * factor - 1) > Math.abs(change - 1);

function faultOf(bar: ExBar, symbol: string): EventFault[] {
  const { events, split, closeBefore, dayBefore, exDay, open } = bar;
  const change = open / closeBefore;
  const seen = `${symbol} closes at ${amount(closeBefore)} on ${isoFromDay(dayBefore)} and opens at ${amount(open)} on ${isoFromDay(exDay)}`;
  const isClear = split >= clearSplit.least || split <= clearSplit.most;
  if (isClear && isAdjustedBy(split, change)) {
    const event = mostOf(events, ({ split: own }) => (own === null ? 0 : Math.max(own, 1 / own)));
    return [
      {
        event,
        field: 'volume',
        problem: `${seen}: no jump such as a split of ${amount(split)} for 1 makes, so the prices are adjusted by it already.`,
        remedy:
          'Give the prices as they were traded, or leave the split out; dividends must then be per share as the prices are.',
      },
    ];
  }
  const event = mostOf(events, (one) => one.dividend ?? 0);
  if (bar.yield >= 1) {
    return [
      {
        event,
        field: 'value',
        problem: `This dividend is not below the close before it: ${seen}.`,
        remedy:
          'Correct it, or give prices and dividends on one footing: both per share of their day, or both adjusted by the same splits.',
      },
    ];
  }
  if (bar.yield > clearYield && isAdjustedBy(1 / (1 - bar.yield), change * split)) {
    return [
      {
        event,
        field: 'value',
        problem: `${seen}: no fall such as a dividend of ${shortPercent(bar.yield)} makes, so the prices are adjusted by it already.`,
        remedy: 'Give the prices as they were traded, or leave the dividend out.',
      },
    ];
  }
  return [];
}

const mostOf = (events: readonly GivenEvent[], size: (event: GivenEvent) => number): GivenEvent =>
  events.reduce((most, event) => (size(event) > size(most) ? event : most));

/** Factors of prices and volume beyond which splits are no market's. */
const largestFactor = 1e9;

/** From which day on the prices of a symbol are multiplied by what. A company that follows begins at 1. */
function factorsOf(
  bars: readonly ExBar[],
  cuts: readonly Cut[],
  symbols: readonly string[],
): { sym: number; day: Day; factor: number }[] {
  const linked = [...bySymbol(bars)].filter(([, own]) => own.some(({ split }) => split !== 1));
  return linked.flatMap(([sym, own]) => {
    const starts = cuts.filter((cut) => cut.sym === sym).map(({ from }) => from);
    const steps = [
      ...starts.map((day) => ({ day, split: null })),
      ...own.flatMap(({ events }) => events),
    ].toSorted((a, b) => a.day - b.day);
    let factor = 1;
    return steps.map(({ day, split }) => {
      factor = starts.includes(day) ? 1 : factor * (split ?? 1);
      if (factor > largestFactor || factor < 1 / largestFactor)
        throw new LabError({
          kind: 'import',
          problem: `The splits of ${symbols[sym]} up to ${isoFromDay(day)} make ${amount(factor)} shares of one.`,
          remedy: 'Correct the splits: each is the number of shares after it for one before.',
        });
      return { sym, day, factor };
    });
  });
}

/** Ex-dates from which the mean of opens tells, and how far from chance it has to be. */
const enough = { events: 12, adjusted: 3, plain: 2 };

/** Where opens on ex-dates stand where the close before was, as they do in prices that dividends are taken out of. */
function paidAlready(
  bars: readonly ExBar[],
): { readonly events: number; readonly total: number } | null {
  const paid = bars.filter((bar) => bar.yield > 0 && bar.yield <= clearYield);
  if (paid.length < enough.events) return null;
  const changes = paid.map(({ open, closeBefore, split }) => (open * split) / closeBefore - 1);
  const whole = changes.map((change, i) => change + paid[i]!.yield);
  if (tOf(whole) <= enough.adjusted || Math.abs(tOf(changes)) > enough.plain) return null;
  const total = paid.reduce((value, bar) => value * (1 + bar.yield), 1) - 1;
  return { events: paid.length, total };
}

/** The mean in its standard errors; infinite where all are the same, and 0 where that is 0. */
function tOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return mean === 0 ? 0 : mean / Math.sqrt(squares / (values.length - 1) / values.length);
}
