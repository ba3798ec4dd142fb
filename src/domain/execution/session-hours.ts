import { placeAmong } from '../rising.ts';
import type { Market } from '../market.ts';
import type { Account } from './account.ts';
import type { Settings } from '../study/schema.ts';
import type { SessionRules } from '../study/session.ts';
import type { Row, Step } from '../units.ts';

/** What a study's session rules say of bars; the calendar tells it before the bars do. */
export class SessionHours {
  readonly #market: Market;
  readonly #rules: SessionRules;
  /** By step, the number of its session. */
  readonly #session: Int32Array;
  readonly #from: number;
  readonly #until: number;

  constructor(market: Market, rules: SessionRules, session: Int32Array) {
    this.#market = market;
    this.#rules = rules;
    this.#session = session;
    this.#from = secondsOf(rules.entriesFrom) ?? -Infinity;
    this.#until = secondsOf(rules.entriesUntil) ?? Infinity;
  }

  /** Whether positions end with their session. */
  get flat(): boolean {
    return this.#rules.flat;
  }

  /** Whether an order of `signalRow` may fill in this row's bar of the same symbol. */
  admits(symbol: number, row: Row, signalRow: Row): boolean {
    const { day, clock } = this.#market;
    if (this.#rules.dayOrders && day[row] !== day[signalRow]) return false;
    const { place, at } = this.#sessionOf(symbol, row);
    if (place === undefined || at < 0) return true;
    const clockTime = (clock!.opens[row]! + place.ahead[at]!) % DAY;
    if (clockTime < this.#from || clockTime >= this.#until) return false;
    const left = Math.ceil((place.close[at]! - clock!.known[row]!) / clock!.hours!.seconds);
    return left >= this.#rules.lastBars;
  }

  /** Whether a bar is the last of its session. */
  isLast(symbol: number, row: Row): boolean {
    const { place, at } = this.#sessionOf(symbol, row);
    return place !== undefined && at >= 0 && this.#market.clock!.known[row]! >= place.close[at]!;
  }

  /** Whether a position has been held for as many sessions as it may. */
  isHeldOut(entry: Step, now: Step): boolean {
    const { longestHolding } = this.#rules;
    return (
      longestHolding !== null && this.#session[now]! - this.#session[entry]! + 1 >= longestHolding
    );
  }

  /** The place of a symbol and the session of a bar there; −1 on days that its calendar has not. */
  #sessionOf(symbol: number, row: Row) {
    const { day, clock } = this.#market;
    const { hours } = clock!;
    const place = hours?.places[hours.placeOf[symbol]!];
    if (place === undefined) return { place, at: -1 };
    return { place, at: placeAmong(place.day, day[row]!) };
  }
}

/** The session rules of a study over a market; null where it has none, and where bars have no clock. */
export const sessionHours = (
  market: Market,
  { session: rules }: Pick<Settings, 'session'>,
  session: Int32Array,
): SessionHours | null => (rules && market.clock ? new SessionHours(market, rules, session) : null);

/** Positions whose session the data left before its last bar go at the next open. */
export function orderLeftovers({ open }: Account, { day }: Market): void {
  for (const position of open) {
    const { today } = position;
    if (today < 1 || day[today] === day[today - 1]) continue;
    position.ordered ??= 'session-end';
    position.urgent = true;
  }
}

const DAY = 86_400;

/** '09:45' → 35,100. */
const secondsOf = (time: string | null): number | null =>
  time === null ? null : Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;
