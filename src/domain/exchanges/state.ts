import type { Day, Instant } from '../units.ts';
import type { ExchangeCode } from './exchanges.ts';
import { calendarSpan, sessionAt, sessions } from './sessions.ts';
import type { TradingSession } from './sessions.ts';

/** How a market stands at an instant. */
export interface MarketState {
  /** A break is a pause of its own: the session goes on after it. */
  readonly is: 'open' | 'break' | 'closed';
  /** When that began and when it ends; null where the calendar does not reach so far. */
  readonly since: Instant | null;
  readonly until: Instant | null;
  /** Of a market that is open: whether the next session follows at once. */
  readonly goesOn: boolean;
  /** The session that is on. */
  readonly session: TradingSession | null;
}

/** No market has been closed for longer. */
const longestPause: Day = 30;

/** `stateAt('XNYS', …)` on a Saturday: closed since Friday’s close until Monday’s open. */
export function stateAt(exchange: ExchangeCode, instant: Instant): MarketState {
  const session = sessionAt(exchange, instant);
  const { from, until } = calendarSpan(exchange);
  const day = Math.floor(instant / 86_400);
  const around = sessions(
    exchange,
    Math.max(from, day - longestPause),
    Math.min(until, day + longestPause),
  );
  const parts = around.flatMap(({ open, breakStart, breakEnd, close }) =>
    breakStart === null || breakEnd === null
      ? [{ open, close }]
      : [
          { open, close: breakStart },
          { open: breakEnd, close },
        ],
  );
  const part = parts.find(({ open, close }) => open <= instant && instant < close);
  const next = parts.find(({ open }) => open > instant);
  const before = parts.findLast(({ close }) => close <= instant);
  if (part) {
    const goesOn = next?.open === part.close;
    return { is: 'open', since: part.open, until: part.close, goesOn, session };
  }
  return {
    is: session === null ? 'closed' : 'break',
    since: before?.close ?? null,
    until: next?.open ?? null,
    goesOn: false,
    session,
  };
}
