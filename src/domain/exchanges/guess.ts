import type { Days, Instant } from '../units.ts';
import { type ExchangeCode, exchanges } from './exchanges.ts';
import { calendarSpan, dayAt, sessionColumns, sessions } from './sessions.ts';

/** What is known of bars whose exchange is not told. */
export interface BarFacts {
  readonly symbols: readonly string[];
  /** Dates of daily bars, rising. */
  readonly days?: Days;
  /** When bars shorter than a day open, in seconds since 1970-01-01T00:00Z, rising. */
  readonly opens?: Float64Array;
}

export interface ExchangeGuess {
  readonly exchange: ExchangeCode;
  /** A sentence. */
  readonly why: string;
}

/**
 * The exchange that bars seem to be of: what all their symbols say, else the one calendar that fits their dates or
 * hours clearly better than any other. Null where nothing speaks for one alone, as with exchanges that keep the same
 * holidays and hours. `guessExchange({ symbols: ['7203.T'] })` is XTKS.
 */
export function guessExchange(facts: BarFacts): ExchangeGuess | null {
  return bySymbols(facts.symbols) ?? byHours(facts.opens) ?? byDays(facts.days);
}

const coins =
  'BTC|XBT|ETH|SOL|XRP|ADA|DOGE|BNB|LTC|DOT|AVAX|LINK|BCH|TRX|XLM|XMR|ETC|ATOM|UNI|NEAR';
const money =
  'USD|EUR|JPY|GBP|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|ZAR|MXN|SGD|HKD|CNH|CNY|INR|KRW|THB|ILS';
const crypto = new RegExp(
  `^(?:[A-Z0-9]{2,10}[-/_]?USD[TC]|(?:${coins})[-/_]?(?:${coins}|${money}))$`,
);
const pair = new RegExp(`^(?:${money})[-/_]?(?:${money})(?:=X)?$`);
const future = /^(?:ES|MES|NQ|MNQ|YM|MYM|RTY|M2K)=F$/;

/** What one symbol says by its form; null where it says nothing, as AAPL does. */
function bySymbol(symbol: string): ExchangeCode | null {
  const name = symbol.trim().toUpperCase();
  if (crypto.test(name)) return 'CRYPTO';
  if (pair.test(name)) return 'FOREX';
  if (future.test(name)) return 'CMES';
  const suffix = /[.=][A-Z]+$/.exec(name)?.[0];
  return exchanges.find(({ suffixes }) => suffixes.includes(suffix ?? ''))?.code ?? null;
}

function bySymbols(symbols: readonly string[]): ExchangeGuess | null {
  const [first] = symbols;
  const exchange = first === undefined ? null : bySymbol(first);
  if (exchange === null || !symbols.every((symbol) => bySymbol(symbol) === exchange)) return null;
  const which = symbols.length === 1 ? `“${first}” is` : `All symbols are, such as “${first}”,`;
  return { exchange, why: `${which} written as symbols of ${exchange} are.` };
}

/** Below so many days two calendars are alike; the newest of them tell enough. */
const few = { days: 60, hours: 20 };
const newest = { days: 2500, hours: 365 };
/**
 * At least so much of bars and calendar together must be in both. Whether half an hour before a break is a bar of an
 * hour is each source's own affair.
 */
const alike = { days: 0.98, hours: 0.75 };
/** The second best must be worse by so many days or hours. */
const margin = 3;

function byDays(days: Days | undefined): ExchangeGuess | null {
  const last = days?.slice(-newest.days);
  if (!last || last.length < few.days) return null;
  const seen = new Set<number>(last);
  const fits = candidates(last[0]!, last[last.length - 1]!).map(([exchange, from, to]) =>
    fitOf(exchange, seen, new Set<number>(sessionColumns(exchange, from, to).day)),
  );
  return best(fits, alike.days, 'dates');
}

function byHours(opens: Float64Array | undefined): ExchangeGuess | null {
  if (!opens || opens.length < 2) return null;
  const last = opens[opens.length - 1]!;
  const recent = opens.filter((at) => at > last - newest.hours * 86_400);
  const first = recent[0]!;
  const steps = recent
    .subarray(1)
    .map((at, i) => at - recent[i]!)
    .sort();
  const length = Math.max(steps[steps.length >> 1] ?? 0, 1800);
  if (length > 12 * 3600 || last - first < few.hours * 86_400) return null;
  const seen = new Set(Array.from(recent, (at) => Math.floor(at / length)));
  const day = (at: Instant): number => Math.floor(at / 86_400);
  const fits = candidates(day(first), day(last)).map(([exchange]) =>
    fitOf(exchange, seen, openHours(exchange, first, last, length)),
  );
  return best(fits, alike.hours, 'hours');
}

/** The periods of a length, counted from 1970 on, in which the market is open at all. */
function openHours(
  exchange: ExchangeCode,
  first: Instant,
  last: Instant,
  length: number,
): Set<number> {
  const hours = new Set<number>();
  const { until } = calendarSpan(exchange);
  const span = sessions(
    exchange,
    dayAt(exchange, first),
    Math.min(dayAt(exchange, last) + 1, until),
  );
  for (const { open, breakStart, breakEnd, close } of span) {
    for (let hour = Math.floor(open / length); hour * length < close; hour++) {
      const [begin, end] = [hour * length, (hour + 1) * length];
      const isBreak =
        breakStart !== null && breakEnd !== null && begin >= breakStart && end <= breakEnd;
      if (!isBreak && end > first && begin <= last) hours.add(hour);
    }
  }
  return hours;
}

/** Of exchanges with sessions of their own, those whose calendar reaches over these days. */
const candidates = (from: number, to: number): (readonly [ExchangeCode, number, number])[] =>
  exchanges
    .filter((exchange) => exchange.as === undefined)
    .filter(({ code }) => calendarSpan(code).from < from && calendarSpan(code).until > to)
    .map(({ code }) => [code, from, to] as const);

interface Fit {
  readonly exchange: ExchangeCode;
  /** Dates or hours with bars. */
  readonly seen: number;
  readonly inBoth: number;
  readonly inOne: number;
}

function fitOf(exchange: ExchangeCode, seen: ReadonlySet<number>, open: ReadonlySet<number>): Fit {
  let inBoth = 0;
  for (const one of seen) if (open.has(one)) inBoth++;
  return { exchange, seen: seen.size, inBoth, inOne: seen.size + open.size - 2 * inBoth };
}

function best(fits: readonly Fit[], least: number, what: string): ExchangeGuess | null {
  const [first, second] = [...fits].sort((a, b) => a.inOne - b.inOne);
  if (!first || first.inBoth < least * (first.inBoth + first.inOne)) return null;
  if (second && second.inOne - first.inOne < margin) return null;
  return {
    exchange: first.exchange,
    why: `${first.inBoth} of ${first.seen} ${what} are in sessions of ${first.exchange}, which had ${first.inOne + first.inBoth - first.seen} more.`,
  };
}
