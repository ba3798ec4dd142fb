import type { Fix, LabErrorData } from '../../../../src/domain/errors.ts';
import {
  type ExchangeCode,
  exchangeOf,
  exchanges,
} from '../../../../src/domain/exchanges/exchanges.ts';
import { guessExchange } from '../../../../src/domain/exchanges/guess.ts';
import { calendarSpan } from '../../../../src/domain/exchanges/sessions.ts';
import { zoneOf } from '../../../../src/domain/time/zones.ts';
import { isoFromDay } from '../../../../src/domain/calendar.ts';
import { lengthInWords } from '../../../../src/present/bar-length.ts';
import { aDay } from './hours.ts';
import { orderOf } from './order.ts';
import type { FileStamps } from './stamps.ts';
import type { FaultKind } from './timing.ts';
import { instantsIn } from './zoned.ts';

type Said = Pick<LabErrorData, 'code' | 'problem' | 'remedy' | 'fixes'>;

/** A fault in words; `firstFile` is the one that others are held to, `alike` the places of all that have it. */
export function timingWords(
  fault: FaultKind,
  firstFile: string,
  alike: readonly number[] = [],
): Said {
  switch (fault.why) {
    case 'half':
      return {
        problem: 'Some times of this file have an offset from UTC, and others have none.',
        remedy: 'Give all of them an offset, or none.',
      };
    case 'skipped':
      return {
        problem: `Clocks in ${fault.zone} skip this time.`,
        remedy: 'Say in which zone the times of this file are, or give them their offset from UTC.',
        fixes: [utc],
      };
    case 'twice':
      return {
        problem: `Clocks in ${fault.zone} show this time twice, and the order of the rows does not tell which is meant.`,
        remedy: 'Sort the file by time, or give its times their offset from UTC.',
        fixes: [utc],
      };
    case 'no zone':
      return {
        code: 'no-zone',
        problem: 'These times do not say of which zone they are.',
        remedy: 'Say the exchange of these bars, or the zone of its clocks.',
        fixes: fixesFor(fault.stamps),
      };
    case 'unknown zone':
      return {
        problem: `There is no time zone “${fault.zone}”.`,
        remedy: 'Name it as America/New_York, UTC or +05:30.',
      };
    case 'beyond': {
      const { from, until } = calendarSpan(fault.exchange);
      const first = isoFromDay(from + 1);
      return {
        problem: `The calendar of ${fault.exchange} is known from ${isoFromDay(from)} to ${isoFromDay(until)}.`,
        remedy: 'Begin the file within, or say that it is of no exchange.',
        fixes: [
          { label: `Start on ${first}`, reading: { from: first } },
          { label: 'No exchange', reading: { exchange: 'none' } },
        ],
      };
    }
    case 'other length': {
      const { gap, seconds } = fault;
      const words = gap < aDay ? lengthInWords(gap) : 'a day or more';
      return {
        problem: `This bar begins ${words} after the one before, but the bars of this file are of ${lengthInWords(seconds)}.`,
        remedy: 'Keep bars of one length in a dataset: import the others by themselves.',
      };
    }
    case 'other exchange': {
      const of = (exchange: ExchangeCode | null): string => exchange ?? 'no exchange';
      const first = fault.firstExchange;
      return {
        problem: `Bars of ${fault.symbol} are of ${of(fault.exchange)} in this file, and of ${of(first)} in ${firstFile}.`,
        remedy: 'Say one exchange of both files, or give the symbol two names.',
        fixes: [
          first === null
            ? { label: 'No exchange', reading: { exchange: 'none' } }
            : { label: `They are of ${exchangeOf(first).name}`, reading: { exchange: first } },
        ],
      };
    }
    case 'other file':
      return {
        problem:
          fault.seconds === fault.firstSeconds
            ? `The bars of this file are dated by days alone, those of ${firstFile} are sessions of an exchange.`
            : `The bars of this file are of ${lengthInWords(fault.seconds)}, those of ${firstFile} of ${lengthInWords(fault.firstSeconds)}.`,
        remedy:
          fault.seconds === fault.firstSeconds
            ? 'Say an exchange of every file, or of none.'
            : 'Keep bars of one length in a dataset: import the others by themselves, or as finer bars.',
        ...(fault.seconds < fault.firstSeconds && { fixes: [{ ...finer, files: alike }] }),
      };
  }
}

const finer: Fix = { label: 'They are finer bars of the others', reading: { role: 'detail' } };
const utc: Fix = { label: 'Times are of UTC', reading: { zone: 'UTC' } };

/** Exchanges whose hours these times fit on their own clocks, then zones that many files are in. */
function fixesFor(stamps: FileStamps): Fix[] {
  const { symbols, symbol, day, clock } = stamps;
  const clocks = Float64Array.from(day, (date, row) => date * aDay + (clock?.[row] ?? 0));
  const order = orderOf(symbols.length, symbol, clocks);
  const rows = Array.from({ length: order.starts[1]! }, (_, i) =>
    order.rows === null ? i : order.rows[i]!,
  );
  const own = Float64Array.from(rows, (row) => clocks[row]!);
  const alone = { starts: Int32Array.of(0, own.length), rows: null };
  const zones = [...new Set<string>(exchanges.map(({ zone }) => zone))];
  const fitting = zones.flatMap((zone) => {
    const opens = instantsIn(zoneOf(zone), own, new Int32Array(0), alone);
    const guess = 'why' in opens ? null : guessExchange({ symbols: [], opens });
    return guess !== null && exchangeOf(guess.exchange).zone === zone ? [guess.exchange] : [];
  });
  return [
    ...fitting.map((exchange) => ({
      label: `They are of ${exchangeOf(exchange).name}`,
      reading: { exchange },
    })),
    utc,
    { label: 'Times are of New York', reading: { zone: 'America/New_York' } },
    { label: 'Times are UTC−5 all year, as HistData has them', reading: { zone: '-05:00' } },
  ];
}
