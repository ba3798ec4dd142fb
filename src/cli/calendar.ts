import { dayFromIso } from '../domain/calendar.ts';
import { LabError } from '../domain/errors.ts';
import {
  type ExchangeCode,
  exchangeNamed,
  exchangeOf,
  exchanges,
} from '../domain/exchanges/exchanges.ts';
import {
  type TradingSession,
  calendarSpan,
  dayAt,
  holidays,
  sessions,
} from '../domain/exchanges/sessions.ts';
import { type MarketState, stateAt } from '../domain/exchanges/state.ts';
import { instantOf } from '../domain/time/instant.ts';
import type { Day, Instant } from '../domain/units.ts';
import { dayWord, momentWord, sessionTable, stateSentence } from '../present/calendar-words.ts';
import { date, minute } from '../present/format.ts';
import { textTable } from '../present/text-table.ts';
import type { CalendarOptions } from './calendar-arguments.ts';
import { print, printJson } from './terminal.ts';

/** How far ahead the next holiday and half day are looked for. */
const ahead: Day = 400;

/** What is said of an exchange: how it stands, where a time was asked for; sessions and holidays of a span. */
interface Answer {
  readonly exchange: ExchangeCode;
  readonly at: Instant | null;
  readonly state: MarketState | null;
  readonly sessions: readonly TradingSession[];
  readonly holidays: readonly Day[];
  readonly nextHoliday: Day | null;
  readonly nextHalfDay: TradingSession | null;
}

/** Lists the exchanges, or says of one how it stands and which sessions it has. */
export function calendarCommand(name: string | undefined, options: CalendarOptions): void {
  if (name === undefined) {
    if (options.json) printJson(exchanges.map(listedJson));
    else print(listed());
    return;
  }
  const exchange = exchangeNamed(name);
  if (exchange === null)
    throw usage(
      'There is no such exchange.',
      '`outsample calendar` lists those that there are.',
      name,
    );
  const answer = answerOf(exchange, options);
  if (options.json) printJson(answerJson(answer));
  else print(answerText(answer));
}

function answerOf(exchange: ExchangeCode, options: CalendarOptions): Answer {
  const [fromText, toText] = [options.from, options.to];
  const isSpan = fromText !== undefined || toText !== undefined;
  const asked = options.at === undefined ? Math.floor(Date.now() / 1000) : instantOf(options.at);
  const at = isSpan && options.at === undefined ? null : asked;
  const today = dayAt(exchange, asked);
  const from = fromText === undefined ? today : dayTyped('--from', fromText);
  const { until } = calendarSpan(exchange);
  const to =
    toText === undefined ? Math.max(from, Math.min(from + 6, until)) : dayTyped('--to', toText);
  const span = sessions(exchange, from, to);
  const rest = [from, Math.max(from, Math.min(from + ahead, until))] as const;
  return {
    exchange,
    at,
    state: at === null ? null : stateAt(exchange, at),
    sessions: span,
    holidays: holidays(exchange, from, to),
    nextHoliday: holidays(exchange, ...rest)[0] ?? null,
    nextHalfDay:
      sessions(exchange, ...rest).find(
        ({ isHalfDay, close }) => isHalfDay && (at === null || close > at),
      ) ?? null,
  };
}

function dayTyped(flag: string, text: string): Day {
  try {
    return dayFromIso(text);
  } catch {
    throw usage('This is no date.', `Write it as ${flag} 2026-11-27.`, text);
  }
}

function listed(): string[] {
  const rows = exchanges.map(({ code, name, zone, ...exchange }) => {
    const { from, until } = calendarSpan(code);
    return [code, name, zone, date(from), date(until), exchange.as ?? ''];
  });
  return textTable(['code', 'name', 'zone', 'from', 'until', 'sessions of'], rows).map((line) =>
    line.trimEnd(),
  );
}

function listedJson({
  code,
  name,
  zone,
  aliases,
  ...exchange
}: (typeof exchanges)[number]): object {
  const { from, until, madeOn } = calendarSpan(code);
  return {
    ...{ code, name, zone, aliases, from: date(from), until: date(until) },
    madeOn: madeOn === null ? null : date(madeOn),
    sessionsOf: exchange.as ?? code,
  };
}

function answerText(answer: Answer): string[] {
  const { exchange, at, state, nextHoliday, nextHalfDay } = answer;
  const { name, zone } = exchangeOf(exchange);
  const { madeOn } = calendarSpan(exchange);
  const isProjected =
    answer.sessions.some((session) => session.isProjected) ||
    (madeOn !== null && answer.holidays.some((day) => day > madeOn));
  const alone = at === null;
  return [
    `${name} (${exchange}), time of ${zone}`,
    ...(at === null || state === null
      ? []
      : [
          `At ${momentWord(exchange, at)}, ${minute(at * 1000)} in UTC:`,
          stateSentence(exchange, at, state),
        ]),
    '',
    ...(answer.sessions.length === 0
      ? ['No session in these days.']
      : sessionTable(exchange, answer.sessions)),
    '',
    ...(alone
      ? [`Holidays: ${answer.holidays.map(dayWord).join(', ') || 'none'}.`]
      : [
          `Next holiday: ${nextHoliday === null ? 'none is known' : dayWord(nextHoliday)}. ` +
            `Next half day: ${nextHalfDay === null ? 'none is known' : dayWord(nextHalfDay.day)}.`,
        ]),
    ...(isProjected && madeOn !== null
      ? [
          `The tables are of ${date(madeOn)}: what lies beyond was announced or follows from rules, and may change.`,
        ]
      : []),
  ];
}

const utc = (instant: Instant | null): string | null =>
  instant === null ? null : new Date(instant * 1000).toISOString().replace('.000', '');

const sessionJson = ({
  day,
  open,
  close,
  breakStart,
  breakEnd,
  ...kind
}: TradingSession): object => ({
  date: date(day),
  open: utc(open),
  breakStart: utc(breakStart),
  breakEnd: utc(breakEnd),
  close: utc(close),
  ...kind,
});

/** Dates are those of the exchange, instants are in UTC. */
function answerJson({ exchange, at, state, nextHoliday, nextHalfDay, ...answer }: Answer): object {
  const { name, zone } = exchangeOf(exchange);
  return {
    ...{ exchange, name, zone, at: utc(at) },
    state: state && {
      is: state.is,
      since: utc(state.since),
      until: utc(state.until),
      session: state.session && sessionJson(state.session),
    },
    sessions: answer.sessions.map(sessionJson),
    holidays: answer.holidays.map(date),
    nextHoliday: nextHoliday === null ? null : date(nextHoliday),
    nextHalfDay: nextHalfDay === null ? null : date(nextHalfDay.day),
  };
}

const usage = (problem: string, remedy: string, value: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, place: { value } });
